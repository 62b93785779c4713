// What internal/chart writes into the option under "tongket", beside what
// ECharts itself reads: all that layout and words need to know.

export interface Format {
  kind: string; // a report.Format: "number", "integer", "percent", …
  decimals: number;
  unit: string;
}

export interface SeriesSpec {
  role: "value" | "plan" | "status";
  token: string; // "series1", "status.done", "plan"
  format: Format;
  panel: number; // the small picture it stands in
}

export interface LocaleSpec {
  decimal: string;
  group: string;
  missing: string;
  million: string;
  billion: string;
  cut: string;
}

export interface Spec {
  kind: "bar" | "line" | "area" | "scatter";
  horizontal: boolean;
  stack: boolean;
  bullet: boolean; // horizontal bars, each on a pale one that reaches to its target
  panels: string[]; // names of small pictures; empty: one picture
  sequence: boolean; // the x axis is time: labels may be left out, never turned
  height: number; // CSS pixels on a page; 0: from the data
  labels: string[]; // one a row, for the axis
  names: string[]; // one a row, in full, for the tooltip
  named: boolean; // scatter: the names are those of the points
  band: number[]; // scatter: a range behind the points; none, or its two ends
  notes: string[]; // one a row, written where there is no bar; "" for none
  status: string[]; // one a row when statuses colour the bars, else empty
  all: number; // rows of the table, of which the option may hold fewer
  x: Format;
  xTitle: string;
  yTitle: string;
  series: SeriesSpec[];
  locale: LocaleSpec;
}

/** Surface is the paper or screen a chart is drawn on. */
export interface Surface {
  width: number;
  height: number; // 0: from the data
  family: string;
  size: number; // of text, CSS pixels
  paper: boolean;
  live: boolean;
  color(token: string): string;
  measure(text: string, size: number, bold: boolean): number;
  /** the tooltip of a live chart, from the finished option and the numbers of its series */
  tooltip?(spec: Spec, option: Loose, data: Loose[][]): Loose;
}

export type Loose = any;
