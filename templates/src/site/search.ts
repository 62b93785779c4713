import { say } from "./phrases";
import { plain, wordsOf } from "./plain";
import { dataRows } from "./sort";

/** search filters the rows of a table by the words typed, all of which must
 * occur in a row, in any order. */
export function search(block: HTMLElement): void {
  const box = block.querySelector<HTMLElement>(".table-search");
  const input = box?.querySelector("input");
  const told = box?.querySelector(".table-count");
  const table = block.querySelector("table");
  if (!box || !input || !told || !table) return;
  const bodies = Array.from(table.tBodies).map((body) => ({
    group: body.querySelector<HTMLElement>(".group"),
    rows: dataRows(body).map((row) => ({ row, text: plain(words(row)) })),
  }));
  const total = bodies.reduce((sum, { rows }) => sum + rows.length, 0);
  input.addEventListener("input", () => {
    const wanted = wordsOf(input.value);
    let shown = 0;
    for (const { group, rows } of bodies) {
      let here = 0;
      for (const { row, text } of rows) {
        row.hidden = !wanted.every((word) => text.includes(word));
        if (!row.hidden) here++;
      }
      if (group) group.hidden = here === 0;
      shown += here;
    }
    // The total is of all rows: beside a part of them it would mislead.
    if (table.tFoot) table.tFoot.hidden = shown < total;
    told.textContent = wanted.length === 0 ? "" : shown === 0 ? say("table.none") : say("table.shown", { shown, total });
  });
}

// Cells are joined by a space, so that a word never reaches into the next one.
function words(row: HTMLTableRowElement): string {
  return Array.from(row.cells, (cell) => (cell.classList.contains("count") ? "" : cell.textContent ?? "")).join(" ");
}
