// The page on which a reader puts a chart and a table together: a measure,
// arranged by one or two columns, in one period. The choice is the address.
import { choose, chosen, onChosen } from "./address";
import { type Cube, type Table, cube, isMeasure } from "./cube";
import { picture } from "./picture";
import { number, say } from "./phrases";
import { sort } from "./sort";
import { save } from "./tools";

declare global {
  interface Window {
    tongketExplore?: Table[];
  }
}

const names = ["q", "m", "r", "c", "p", "t"] as const;
type Choice = Record<(typeof names)[number], string>;

/** explore fills the frame that the writer left. */
export function explore(): void {
  const frame = document.querySelector<HTMLElement>(".explore");
  const form = frame?.querySelector("form");
  const tables = (window.tongketExplore ?? []).filter(({ columns }) => columns.some(isMeasure) && !columns.every(isMeasure));
  // Without rows a column has no values to choose from.
  for (const column of tables.flatMap((t) => t.columns)) if (!isMeasure(column)) column.words ??= column.keys ??= [];
  if (!frame || !form || tables.length === 0) return;
  const lists = Object.fromEntries(names.map((n) => [n, form.elements.namedItem(n) as HTMLSelectElement])) as Record<keyof Choice, HTMLSelectElement>;
  const part = (name: string) => frame.querySelector<HTMLElement>(".explore-" + name)!;
  let shown: Cube | undefined;

  // Each list offers what the ones before it leave.
  const offer = (want: Partial<Choice>) => {
    fill(lists.q, tables.map((t) => [t.name, t.title]), want.q);
    const table = tables.find((t) => t.name === lists.q.value)!;
    const measures = table.columns.filter(isMeasure);
    const sides = table.columns.filter((c) => !isMeasure(c));
    fill(lists.m, measures.map((c) => [c.name, c.title + (c.unit ? " (" + c.unit + ")" : "")]), want.m ?? measures.find((c) => c.name === "arranged_m")?.name);
    fill(lists.r, sides.map((c) => [c.name, c.title]), want.r ?? (sides.find((c) => c.name === "unit_name") ?? sides.find((c) => c.format === "text" && c.name !== "unit"))?.name);
    fill(lists.c, [["", say("explore.none")], ...sides.filter((c) => c.name !== lists.r.value).map((c): [string, string] => [c.name, c.title])], want.c);
    const period = table.columns.find((c) => c.format === "period");
    const along = period && (lists.r.value === period.name || lists.c.value === period.name);
    const ones = period && !along ? period.keys!.map((key, i): [string, string] => [key, period.words![i]]).reverse() : [];
    fill(lists.p, ones.length > 0 ? ones : [["", say("explore.all")]], want.p);
    lists.p.disabled = ones.length === 0;
    fill(lists.t, Array.from(lists.t.options, (o) => [o.value, o.text]), want.t);
  };

  const show = () => {
    const table = tables.find((t) => t.name === lists.q.value)!;
    shown = cube(table, { measure: lists.m.value, rows: lists.r.value, columns: lists.c.value, period: lists.p.value });
    const caption = captionOf(shown, lists.p);
    const drawn = picture(shown, lists.t.value, caption);
    part("chart").replaceChildren(...(drawn ? [drawn.figure] : []));
    const told = [];
    if (shown.rows.length === 0) told.push(say("explore.empty"));
    if (shown.folded) told.push(say(shown.mean ? "explore.mean" : "explore.sum"));
    if (drawn && drawn.left > 0) told.push(say("explore.series", { shown: shown.columns.length - drawn.left, total: shown.columns.length }));
    if (table.cut > 0) told.push(say("explore.cut", { count: number(table.cut, 0) }));
    part("told").textContent = told.join(" ");
    const made = tableOf(shown, caption);
    part("table").replaceChildren(made);
    sort(made.querySelector("table")!);
    part("copied").textContent = "";
    window.tongketCharts?.(document);
  };

  const restore = () => {
    const from = chosen();
    offer(Object.fromEntries(names.filter((n) => from.has(n)).map((n) => [n, from.get(n)!])));
    show();
  };
  form.addEventListener("change", (event) => {
    const now = Object.fromEntries(names.map((n) => [n, lists[n].value])) as Choice;
    // Another table has other columns; what it has too stays.
    offer((event.target as HTMLSelectElement).name === "q" ? { q: now.q, t: now.t } : now);
    choose(new URLSearchParams(names.filter((n) => lists[n].value !== "").map((n) => [n, lists[n].value])));
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  part("csv").addEventListener("click", () => shown && save(lists.q.value + ".csv", file(shown)));
  part("copy").addEventListener("click", () => {
    if (!chosen().has("q")) choose(new URLSearchParams(names.filter((n) => lists[n].value !== "").map((n) => [n, lists[n].value])));
    const done = (key: string) => () => void (part("copied").textContent = say(key));
    if (!navigator.clipboard) return done("explore.address")();
    navigator.clipboard.writeText(location.href).then(done("explore.copied"), done("explore.address"));
  });
  onChosen(restore);
  restore();
}

// fill gives a list its options and chooses the wanted one, or the first.
function fill(list: HTMLSelectElement, options: [string, string][], wanted?: string): void {
  list.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  list.value = wanted !== undefined && options.some(([value]) => value === wanted) ? wanted : options[0]?.[0] ?? "";
}

function captionOf(cube: Cube, period: HTMLSelectElement): string {
  const places = { measure: cube.measure.title, rows: low(cube.by.title), columns: low(cube.across?.title ?? "") };
  const text = say(cube.across ? "explore.and" : "explore.by", places);
  return period.value ? say("explore.at", { text, period: period.selectedOptions[0].text }) : text;
}

const low = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

const written = (v: number | null, cube: Cube): string => (v === null ? "–" : cube.write(v));

function tableOf(cube: Cube, caption: string): HTMLElement {
  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text = "") => {
    const e = document.createElement(tag);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  };
  const table = make("table", cube.columns.length >= 8 ? "data is-wide" : "data");
  const title = make("caption", "", "");
  title.id = "explore-caption";
  title.append(make("span", "caption", caption));
  table.append(title);
  const head = table.createTHead().insertRow();
  const headCell = (text: string, kind: string) => {
    const th = make("th", kind === "number" ? "number" : "", text);
    th.scope = "col";
    th.dataset.sort = kind;
    head.append(th);
  };
  headCell(cube.by.title, "text");
  for (const column of cube.columns) headCell(column, "number");
  const body = table.createTBody();
  cube.rows.forEach((name, i) => {
    const row = body.insertRow();
    const th = make("th", "", name);
    th.scope = "row";
    th.dataset.v = String(i); // their own order: periods are no words
    if (cube.by.format === "text") delete th.dataset.v;
    row.append(th);
    for (const v of cube.cells[i]) {
      const td = make("td", v === null ? "number absent" : "number", written(v, cube));
      if (v !== null) td.dataset.v = String(v);
      row.append(td);
    }
  });
  const block = make("div", "table-scroll");
  const frame = make("div", "table-frame");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-labelledby", "explore-caption");
  frame.append(table);
  block.append(frame);
  return block;
}

function file(cube: Cube): string[][] {
  const plain = (v: number | null) => (v === null ? "" : number(v, (String(Number(v.toFixed(9))).split(".")[1] ?? "").length, "")); // a sum of tenths has no tail
  return [[cube.by.title, ...cube.columns], ...cube.rows.map((name, i) => [name, ...cube.cells[i].map(plain)])];
}
