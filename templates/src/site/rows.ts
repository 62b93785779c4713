// Which rows of a table are seen: those that hold the words searched for, that
// fit the page's filter, and, of very many, the first. The count, the group
// rows and the sums follow.
import { language, number, say } from "./phrases";
import { plain, wordsOf } from "./plain";
import { count, dataRows } from "./sort";

type Keys = (string | null)[];

export interface Rows {
  block: HTMLElement;
  /** keys of the rows in their first order; none when the filter leaves the table alone */
  keys: Keys[];
  /** fits shows the rows that fit; null shows all. It tells how many. */
  fits(test: ((keys: Keys) => boolean) | null): number;
}

interface Row {
  row: HTMLTableRowElement;
  text: string;
  keys: Keys;
}

const page = 200; // as many rows as the writer shows at first

/** rows takes a table in hand. */
export function rows(block: HTMLElement): Rows | undefined {
  const table = block.querySelector("table");
  if (!table) return undefined;
  const input = block.querySelector<HTMLInputElement>(".table-search input");
  const told = block.querySelector<HTMLElement>(".table-count");
  const bodies = Array.from(table.tBodies, (body) => ({
    group: body.querySelector<HTMLElement>(".group"),
    sums: body.querySelector<HTMLTableRowElement>(".subtotal"),
    rows: dataRows(body).map((row): Row => ({ row, text: input ? plain(words(row)) : "", keys: row.dataset.f ? (JSON.parse(row.dataset.f) as Keys) : [] })),
  }));
  const all = bodies.flatMap((body) => body.rows);
  let none: HTMLTableRowElement | undefined;
  let test: ((keys: Keys) => boolean) | null = null;
  let most = all.some(({ row }) => row.classList.contains("later")) ? page : Infinity;
  const more = moreButtons(table, (next) => {
    most = next;
    show();
  });

  const show = (): number => {
    const wanted = input ? wordsOf(input.value) : [];
    let fitting = 0;
    for (const { group, sums, rows } of bodies) {
      const fit = rows.filter(({ text, keys }) => wanted.every((word) => text.includes(word)) && (!test || test(keys)));
      const kept = new Set(fit.map(({ row }) => row));
      for (const { row } of rows) row.hidden = !kept.has(row);
      if (group) group.hidden = fit.length === 0;
      if (sums) {
        sums.hidden = fit.length === 0;
        total(sums, fit, fit.length < rows.length);
      }
      fitting += fit.length;
    }
    count(table);
    // In the order in which they stand, which may be a sorted one.
    let place = 0;
    for (const body of table.tBodies) {
      for (const row of dataRows(body)) {
        if (!row.hidden) row.classList.toggle("later", ++place > most);
      }
    }
    if (table.tFoot) {
      table.tFoot.hidden = fitting === 0;
      total(table.tFoot.rows[0], all.filter(({ row }) => !row.hidden), fitting < all.length);
    }
    if (fitting === 0 && all.length > 0) none ??= emptyRow(table);
    if (none) none.hidden = fitting > 0;
    if (none) none.cells[0].textContent = say(test && wanted.length === 0 ? "filter.none" : "table.none");
    more(Math.min(most, fitting), fitting);
    const narrowed = wanted.length > 0 || test !== null;
    if (told) told.textContent = !narrowed ? "" : fitting === 0 ? say("table.none") : say("table.shown", { shown: number(fitting, 0), total: number(all.length, 0) });
    block.classList.toggle("is-narrowed", narrowed && fitting < all.length);
    return fitting;
  };
  input?.addEventListener("input", show);
  table.addEventListener("tongket:sorted", show);
  if (most < Infinity) show();
  return {
    block,
    keys: all.some(({ keys }) => keys.length > 0) ? all.map(({ keys }) => keys) : [],
    fits(next) {
      test = next;
      return show();
    },
  };
}

// Cells are joined by a space, so that a word never reaches into the next one.
function words(row: HTMLTableRowElement): string {
  return Array.from(row.cells, (cell) => (cell.classList.contains("count") ? "" : cell.textContent ?? "")).join(" ");
}

function emptyRow(table: HTMLTableElement): HTMLTableRowElement {
  const row = table.createTBody().insertRow();
  row.className = "empty";
  row.insertCell().colSpan = table.tHead?.rows[0].cells.length ?? 1;
  return row;
}

// total writes the sums of the rows that are seen, and says that it does; with
// all of them in sight it gives back what the writer wrote.
function total(line: HTMLTableRowElement, seen: Row[], part: boolean): void {
  let column = 0;
  for (const cell of Array.from(line.cells)) {
    cell.dataset.whole ??= cell.textContent ?? "";
    const at = column;
    column += Number(cell.dataset.span ?? cell.colSpan); // its own width: columns may be hidden
    if (!part) cell.textContent = cell.dataset.whole;
    else if (cell.tagName === "TH") cell.textContent = say("table.total", { shown: number(seen.length, 0) });
    else if (cell.dataset.sum) cell.textContent = written(seen, at, cell.dataset.sum);
  }
}

function written(seen: Row[], column: number, as: string): string {
  const values = seen.map(({ row }) => row.cells[column]?.dataset.v).filter((v) => v !== undefined && v !== "");
  if (values.length === 0) return "";
  const sum = values.reduce((all, v) => all + Number(v), 0);
  return as.endsWith("%") ? number(sum * 100, parseInt(as)) + "%" : number(sum, parseInt(as));
}

// moreButtons stand under a long table and say how much of it is shown.
function moreButtons(table: HTMLTableElement, set: (most: number) => void): (shown: number, all: number) => void {
  let bar: HTMLElement | undefined;
  return (shown, all) => {
    if (!bar && shown >= all) return;
    if (!bar) {
      bar = document.createElement("p");
      bar.className = "table-more";
      bar.setAttribute("role", "status");
      table.closest(".table-scroll")?.after(bar);
    }
    bar.hidden = shown >= all;
    const button = (key: string, most: number) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = say(key, { count: number(Math.min(page, all - shown), 0), total: number(all, 0) });
      b.addEventListener("click", () => set(most));
      return b;
    };
    bar.replaceChildren(say("table.first", { shown: number(shown, 0), total: number(all, 0) }), " ", button("table.next", shown + page), " ", button("table.all", Infinity));
    bar.lang = language();
  };
}
