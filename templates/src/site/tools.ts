// What a reader does with a table besides reading: choose its columns, take it
// along as a file.
import { number, say, separator } from "./phrases";
import { dataRows } from "./sort";

/** tools brings the bar below a table to life. */
export function tools(block: HTMLElement): void {
  const table = block.querySelector("table");
  if (!table) return;
  block.querySelector(".table-csv")?.addEventListener("click", () => save(block.id + ".csv", lines(table)));
  const box = block.querySelector<HTMLDetailsElement>(".table-columns");
  const list = box?.querySelector<HTMLElement>(".table-columns-list");
  if (!box || !list) return;
  // Filled when first opened: most readers never do.
  box.addEventListener("toggle", () => {
    if (box.open && list.childElementCount === 0) list.append(...choices(table));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary")?.focus();
  });
}

function choices(table: HTMLTableElement): HTMLElement[] {
  const heads = Array.from(table.tHead!.rows[0].cells);
  const boxes: HTMLInputElement[] = [];
  return heads.map((head, column) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "checkbox";
    input.checked = !head.hidden;
    boxes.push(input);
    input.addEventListener("change", () => {
      show(table, column, input.checked);
      // The last column cannot be taken away too.
      const left = boxes.filter((b) => b.checked);
      boxes.forEach((b) => (b.disabled = left.length === 1 && b.checked));
    });
    label.append(input, " ", head.textContent ?? "");
    return label;
  });
}

// show hides or shows a column. The first cells of group rows and sums reach
// over several columns and follow.
function show(table: HTMLTableElement, column: number, on: boolean): void {
  const heads = table.tHead!.rows[0].cells;
  heads[column].hidden = !on;
  for (const body of table.tBodies) for (const row of dataRows(body)) row.cells[column].hidden = !on;
  const seen = (from: number, to: number) => Array.from(heads).slice(from, to).filter((head) => !head.hidden).length;
  for (const row of table.querySelectorAll<HTMLTableRowElement>("tfoot tr, .subtotal, .group, .empty")) {
    let from = 0;
    for (const cell of Array.from(row.cells)) {
      const span = Number((cell.dataset.span ??= String(cell.colSpan)));
      const width = seen(from, from + span);
      cell.hidden = width === 0;
      cell.colSpan = Math.max(1, width);
      from += span;
    }
  }
}

// lines are the rows and columns that the reader has before them, those below
// the fold of a long table too.
function lines(table: HTMLTableElement): string[][] {
  const shown = (row: HTMLTableRowElement) => Array.from(row.cells).filter((cell) => !cell.hidden);
  const out = [shown(table.tHead!.rows[0]).map((cell) => cell.textContent?.trim() ?? "")];
  const grouped = table.querySelector(".group") !== null;
  if (grouped) out[0].unshift(say("table.group"));
  for (const body of table.tBodies) {
    const group = body.querySelector(".group")?.textContent?.trim() ?? "";
    for (const row of dataRows(body)) {
      if (row.hidden) continue;
      const cells = shown(row).map(text);
      out.push(grouped ? [group, ...cells] : cells);
    }
  }
  return out;
}

// Numbers go without the dots between thousands, whole to their last digit.
function text(cell: HTMLTableCellElement): string {
  if (cell.classList.contains("absent")) return "";
  const v = cell.dataset.v;
  if (!cell.classList.contains("number") || v === undefined || v === "") return cell.textContent?.trim() ?? "";
  const digits = v.includes("e") ? 6 : (v.split(".")[1] ?? "").length;
  return number(Number(v), digits, "");
}

/** save gives the browser a file of rows that a spreadsheet set to the page's
 * language opens as a table. A text that it would take for a formula begins
 * with an apostrophe. */
export function save(name: string, rows: string[][]): void {
  const mark = separator();
  const safe = (value: string) => {
    const defused = /^[\s\u00a0]*[=+\-@\t\r＝＋－＠]/.test(value) && !/^[-+]?\d[\d., ]*%?$/.test(value) ? "'" + value : value;
    return /["\r\n]/.test(defused) || defused.includes(mark) ? '"' + defused.replace(/"/g, '""') + '"' : defused;
  };
  const text = "\ufeff" + rows.map((row) => row.map(safe).join(mark) + "\r\n").join("");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
