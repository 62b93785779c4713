import { language } from "./phrases";

type Direction = "ascending" | "descending";

// Numbers begin with the largest, text with the first of the alphabet; a
// third press gives the rows back in their own order.
const first: Record<string, Direction> = { number: "descending", text: "ascending" };
const opposite: Record<Direction, Direction> = { ascending: "descending", descending: "ascending" };

/** sort gives the headers of a table a button each. Rows move within their
 * group; rows without a value stay last in both directions. */
export function sort(table: HTMLTableElement): void {
  const bodies = Array.from(table.tBodies).map((body) => ({ body, rows: dataRows(body) }));
  if (bodies.every(({ rows }) => rows.length < 2)) return;
  const heads = Array.from(table.querySelectorAll<HTMLTableCellElement>("thead th[data-sort]"));
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...Array.from(head.childNodes));
    head.append(button);
    button.addEventListener("click", () => {
      const kind = head.dataset.sort ?? "text";
      const now = head.getAttribute("aria-sort") as Direction | null;
      const next = !now ? first[kind] : now === first[kind] ? opposite[now] : undefined;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (next) head.setAttribute("aria-sort", next);
      for (const { body, rows } of bodies) {
        body.append(...(next ? ordered(rows, head.cellIndex, kind, next) : rows));
      }
      for (const { body } of bodies) {
        const sums = body.querySelector(".subtotal");
        if (sums) body.append(sums);
      }
      count(table);
      table.dispatchEvent(new Event("tongket:sorted"));
    });
  }
}

export function dataRows(body: HTMLTableSectionElement): HTMLTableRowElement[] {
  return Array.from(body.rows).filter((row) => !row.matches(".group, .empty, .subtotal"));
}

function ordered(rows: HTMLTableRowElement[], column: number, kind: string, direction: Direction): HTMLTableRowElement[] {
  const collator = new Intl.Collator(language(), { numeric: true });
  const sign = direction === "ascending" ? 1 : -1;
  const keyed = rows.map((row, place) => ({ row, place, key: key(row.cells[column], kind) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.place - b.place;
    const by = typeof a.key === "number" ? a.key - (b.key as number) : collator.compare(a.key, b.key as string);
    return sign * by || a.place - b.place;
  });
  return keyed.map(({ row }) => row);
}

function key(cell: HTMLTableCellElement, kind: string): number | string | null {
  const value = cell.dataset.v;
  if (kind === "number") return value === undefined ? null : Number(value);
  if (cell.classList.contains("absent")) return null;
  return value ?? cell.textContent?.trim() ?? "";
}

/** count numbers the rows that are left, as they stand, in the STT column. */
export function count(table: HTMLTableElement): void {
  let n = 0;
  for (const cell of Array.from(table.querySelectorAll<HTMLElement>("tbody .count"))) {
    if (!cell.parentElement!.hidden) cell.textContent = String(++n);
  }
}
