// Published rows, arranged by one or two of their columns.
import { number } from "./phrases";

export interface Column {
  name: string;
  title: string;
  format: string;
  decimals: number;
  unit: string;
  keys?: string[]; // of a column of words: the cells are places in these
  words?: string[];
}

export interface Table {
  name: string;
  title: string;
  columns: Column[];
  rows: (number | null)[][];
  cut: number;
}

export interface Wish {
  measure: string;
  rows: string;
  columns: string; // "" for none
  period: string; // a key; "" for all
}

export interface Cube {
  measure: Column;
  by: Column;
  across: Column | null;
  rows: string[];
  columns: string[];
  keys: string[]; // of the columns
  cells: (number | null)[][];
  folded: boolean; // some figure comes from several rows
  mean: boolean; // those are averages, not sums
  write(v: number): string;
}

export const isMeasure = (c: Column): boolean => c.keys === undefined && ["integer", "number", "percent"].includes(c.format);

/** cube adds up what falls together. Shares and figures per unit ("mét/hồ sơ")
 * have no sum: they are averaged, and the page says so. */
export function cube(table: Table, wish: Wish): Cube {
  const at = (name: string) => table.columns.findIndex((c) => c.name === name);
  const m = at(wish.measure);
  const r = at(wish.rows);
  const c = at(wish.columns);
  const p = table.columns.findIndex((column) => column.format === "period");
  const measure = table.columns[m];
  const mean = measure.format === "percent" || measure.unit.includes("/");
  const sums = new Map<number, Map<number, { sum: number; n: number }>>();
  const across = new Set<number>();
  let folded = false;
  for (const row of table.rows) {
    if (wish.period && table.columns[p].keys![row[p]!] !== wish.period) continue;
    const line = sums.get(row[r]!) ?? new Map();
    sums.set(row[r]!, line);
    const place = c < 0 ? 0 : row[c]!;
    across.add(place);
    const v = row[m];
    if (v === null) continue;
    const cell = line.get(place);
    if (cell) folded = true;
    line.set(place, { sum: (cell?.sum ?? 0) + v, n: (cell?.n ?? 0) + 1 });
  }
  const places = Array.from(across).sort((a, b) => a - b);
  const order = Array.from(sums.keys()).sort((a, b) => a - b);
  const other = c < 0 ? null : table.columns[c];
  return {
    measure, by: table.columns[r], across: other, folded, mean,
    rows: order.map((i) => table.columns[r].words![i]),
    columns: places.map((i) => (other ? other.words![i] : measure.title + (measure.unit ? " (" + measure.unit + ")" : ""))),
    keys: places.map((i) => (other ? other.keys![i] : "")),
    cells: order.map((i) => places.map((j) => {
      const cell = sums.get(i)!.get(j);
      return cell ? (mean ? cell.sum / cell.n : cell.sum) : null;
    })),
    write: (v) => (measure.format === "percent" ? number(v * 100, measure.decimals) + "%" : number(v, measure.decimals)),
  };
}
