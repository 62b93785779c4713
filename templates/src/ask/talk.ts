// What the page and the engine's worker say to each other.

export type Cell = string | number | boolean | null;

export interface Table {
  name: string;
  title: string;
  columns: { name: string; title: string; type: string; format: string; decimals: number; unit: string; words?: Record<string, string> }[];
  rows: Cell[][];
}

export type Order =
  | { do: "open"; engine: string; bytes: number; tables: string } // addresses; bytes of the engine's file
  | { do: "ask"; sql: string; rows: number };

/** An answer's values are texts, as the engine writes them: no figure passes
 * through a number of the browser, which has fewer digits. */
export type Kind = "number" | "integer" | "date" | "moment" | "boolean" | "text";

export type Report =
  | { is: "loading"; share: number } // 0–1 of the engine's file
  | { is: "open"; tables: Table[] }
  | { is: "answer"; names: string[]; kinds: Kind[]; rows: (string | null)[][]; more: boolean; ms: number }
  | { is: "fault"; text: string; opening: boolean; dead: boolean } // dead: the engine answers nothing any more
  | { is: "refused"; why: "several" | "select" | "empty" };
