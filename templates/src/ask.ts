// The page on which a reader questions the published tables with SQL. The
// database runs in the reader's browser, in a worker that is started when it is
// first needed. A question that a link brings waits for the reader to run it.
import { choose, chosen, onChosen } from "./site/address";
import { exact, number } from "./site/phrases";
import { sort } from "./site/sort";
import { save } from "./site/tools";
import { picture } from "./site/picture";
import type { Cube } from "./site/cube";
import { marked, placeIn } from "./ask/place";
import { missed, taught } from "./ask/teach";
import type { Kind, Order, Report, Table } from "./ask/talk";

const mostRows = 10_000; // taken from the engine
const mostShown = 500;
const mostBars = 60;
const longest = 60_000; // ms

type Answer = Extract<Report, { is: "answer" }>;
type Value = string | null;
type Column = Table["columns"][number];

document.addEventListener("DOMContentLoaded", () => {
  const frame = document.querySelector<HTMLElement>(".ask");
  if (frame) start(frame);
});

function start(frame: HTMLElement): void {
  const words = JSON.parse(frame.querySelector(".ask-words")!.textContent!) as Record<string, string>;
  const say = (key: string, places: Record<string, string> = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name: string) => places[name] ?? all);
  const part = <T extends HTMLElement>(name: string) => frame.querySelector<T>(".ask-" + name)!;
  if (location.protocol === "file:") return; // the page says so
  if (typeof DecompressionStream === "undefined" || typeof Worker === "undefined") {
    part("old").hidden = false;
    part("desk").hidden = true;
    return;
  }
  const text = part<HTMLTextAreaElement>("text");
  const run = part<HTMLButtonElement>("run");
  const stop = part<HTMLButtonElement>("stop");
  const told = part("told");
  const loading = part<HTMLProgressElement>("loading");
  const type = part<HTMLSelectElement>("type");
  let worker: Worker | undefined;
  let tables: Table[] = [];
  let waiting = "";
  let asked = "";
  let answer: Answer | undefined;
  let clock = 0;

  const tellWorker = (order: Order) => worker!.postMessage(order);
  const busy = (on: boolean) => {
    run.disabled = on;
    stop.hidden = !on;
    loading.hidden = !on || tables.length > 0;
    frame.setAttribute("aria-busy", String(on));
    clearTimeout(clock);
  };
  const clear = () => {
    answer = undefined;
    for (const name of ["table", "chart"]) part(name).replaceChildren();
    part("csv").hidden = true;
  };
  const end = (why: string) => {
    worker?.terminate();
    worker = undefined;
    tables = [];
    busy(false);
    run.textContent = say("run.first");
    told.textContent = why;
  };
  const send = () => {
    asked = waiting;
    told.textContent = say("running");
    clock = window.setTimeout(() => end(say("late", { seconds: String(longest / 1000) })), longest);
    tellWorker({ do: "ask", sql: asked, rows: mostRows });
  };
  const ask = () => {
    waiting = text.value.trim();
    if (run.disabled) return;
    if (waiting === "") return void (told.textContent = say("empty"));
    choose(new URLSearchParams({ sql: waiting }));
    part("fault").hidden = true;
    clear(); // no old answer under a new question
    busy(true);
    if (worker) return send();
    told.textContent = say("loading");
    worker = new Worker(frame.dataset.worker!);
    worker.onmessage = ({ data }: MessageEvent<Report>) => heard(data);
    worker.onerror = () => {
      end("");
      fault(say("broken"), "");
    };
    const at = (address: string) => new URL(address, location.href).href;
    tellWorker({ do: "open", engine: at(frame.dataset.engine!), bytes: Number(frame.dataset.bytes), tables: at(frame.dataset.tables!) });
  };
  const heard = (report: Report) => {
    switch (report.is) {
      case "loading":
        loading.value = report.share;
        return;
      case "open":
        tables = report.tables;
        loading.hidden = true;
        run.textContent = say("run");
        return send();
      case "answer":
        busy(false);
        answer = report;
        return show();
      case "fault":
        if (report.opening || report.dead) end(""); // the next question begins with a new one
        else busy(false);
        told.textContent = "";
        return fault(report.opening ? say("broken") : taught(report.text, tables, say), report.text);
      case "refused":
        busy(false);
        told.textContent = "";
        return fault(say(report.why), "");
    }
  };
  const fault = (sentence: string, detail: string) => {
    const box = part("fault");
    const place = detail ? placeIn(detail, asked) : null;
    box.replaceChildren(make("p", "", (place ? say("place", { line: String(place.line), column: String(place.column) }) + " " : "") + sentence));
    if (place) {
      const where = make("pre", "ask-place", marked(asked, place));
      where.tabIndex = 0; // it may be wider than the window
      box.append(where);
    }
    if (detail) {
      const raw = make("details");
      raw.append(make("summary", "", say("detail")), make("pre", "", detail));
      box.append(raw);
    }
    box.hidden = false;
    clear();
  };
  const shownOf = (a: Answer) => a.names.map((name, i) => columnOf(madeUp(name, asked) ? "" : name, name, a.kinds[i], tables, a.rows.map((row) => row[i]), say));
  const show = () => {
    if (!answer) return;
    const { rows, more, ms } = answer;
    const columns = shownOf(answer);
    const said = [say(rows.length === 0 ? "none" : more ? "cut" : "rows", { n: number(rows.length, 0), seconds: number(ms / 1000, 2) })];
    if (rows.length === 0) said.push(...missed(asked, tables, say));
    if (rows.length > mostShown) said.push(say("shown", { n: number(mostShown, 0) }));
    const drawn = type.value ? chart(columns, rows, type.value) : null;
    if (type.value && !drawn) said.push(say("nochart"));
    if (drawn && rows.length > mostBars) said.push(say("bars", { n: number(mostBars, 0) }));
    if (drawn && drawn.left > 0) said.push(say("left", { n: String(drawn.left) }));
    told.textContent = said.join(" ");
    part("chart").replaceChildren(...(drawn ? [drawn.figure] : []));
    part("table").replaceChildren(...(rows.length > 0 ? [tableOf(columns, rows.slice(0, mostShown), say)] : []));
    const made = part("table").querySelector("table");
    if (made) sort(made);
    part("csv").hidden = rows.length === 0;
    window.tongketCharts?.(document);
  };

  run.addEventListener("click", ask);
  stop.addEventListener("click", () => end(say("stopped")));
  type.addEventListener("change", show);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ask();
  });
  part("csv").addEventListener("click", () => {
    if (!answer) return;
    const columns = shownOf(answer);
    save("cau-tra-loi.csv", [columns.map((c) => c.title), ...answer.rows.map((row) => row.map((v, i) => written(v, columns[i], "")))]);
  });
  part("copy").addEventListener("click", () => {
    if (text.value.trim()) choose(new URLSearchParams({ sql: text.value.trim() }));
    const done = (key: string) => () => void (part("copied").textContent = say(key));
    if (!navigator.clipboard) return done("address")();
    navigator.clipboard.writeText(location.href).then(done("copied"), done("address"));
  });
  const put = (words: string) => {
    const { selectionStart: from, selectionEnd: to } = text;
    text.setRangeText(words, from, to, "end");
    text.focus();
  };
  for (const button of frame.querySelectorAll<HTMLButtonElement>("[data-put]")) button.addEventListener("click", () => put(button.dataset.put!));
  for (const button of frame.querySelectorAll<HTMLButtonElement>("[data-sql]")) {
    button.addEventListener("click", () => {
      text.value = button.dataset.sql!;
      clear();
      text.focus();
      if (worker) ask();
      else told.textContent = say("ready");
    });
  }
  const restore = () => {
    const sql = chosen().get("sql");
    if (sql === null || sql === text.value.trim()) return;
    text.value = sql;
    clear();
    told.textContent = say("linked");
  };
  onChosen(restore);
  restore();
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text = ""): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  if (className) e.className = className;
  if (text) e.textContent = text;
  return e;
}

interface Shown {
  title: string;
  kind: Kind;
  format: string;
  decimals: number;
  unit: string;
  words?: Record<string, string>;
}

// madeUp tells whether a question gives a name to what it computes: a billionth
// of a sum of đồng is no sum of đồng, whatever it is called. Sums and the like
// of the column itself keep its measure.
function madeUp(name: string, sql: string): boolean {
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const given = sql.match(new RegExp("(\\bas\\s+|[)\\d]\\s+)\"?" + word + "\"?(?![\\p{L}\\p{N}_])", "giu"))?.length ?? 0;
  const kept = sql.match(new RegExp("\\b(sum|min|max|avg|median|any_value|round|coalesce)\\s*\\(\\s*([\\w]+\\.)?\"?" + word + "\"?\\s*(,\\s*\\d+\\s*)?\\)\\s*(filter\\s*\\([^)]*\\)\\s*)?(as\\s+)?\"?" + word + "\"?(?![\\p{L}\\p{N}_])", "giu"))?.length ?? 0;
  return given > kept;
}

// columnOf is how a column of an answer is shown: as the published one of its
// name, if it has one and holds the like.
function columnOf(published: string, name: string, kind: Kind, tables: Table[], values: Value[], say: (key: string) => string): Shown {
  const numeric = kind === "number" || kind === "integer";
  let known: Column | undefined;
  for (const table of tables) known ??= table.columns.find((c) => c.name === published);
  const fits = known && numeric === ["integer", "number", "percent", "year"].includes(known.format);
  const words = kind === "boolean" ? { true: say("true"), false: say("false") } : undefined;
  if (known && fits) return { title: known.title, kind, format: known.format, decimals: known.decimals, unit: known.unit, words: words ?? known.words };
  return { title: known?.title ?? name, kind, format: numeric ? "number" : "text", decimals: kind === "number" ? digits(values) : 0, unit: "", words };
}

// digits are those behind the decimal mark that figures need: two, or so many
// that the largest has three figures: 0,0012 is not nothing.
function digits(values: Value[]): number {
  const figures = values.map(figureOf).filter((v): v is number => v !== null);
  const few = [0, 1].find((d) => figures.every((v) => Math.abs(v * 10 ** d - Math.round(v * 10 ** d)) < 1e-6));
  const largest = figures.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return few ?? Math.min(Math.max(2 - Math.floor(Math.log10(largest)), 2), 6);
}

// figureOf is what charts and sorting need of a number.
const figureOf = (v: Value): number | null => (v !== null && isFinite(Number(v)) ? Number(v) : null);

const most = 2 ** 53; // to here the browser's numbers are exact

function written(v: Value, c: Shown, group?: string): string {
  if (v === null) return group === undefined ? "–" : "";
  if (c.kind === "number" || c.kind === "integer") {
    const figure = figureOf(v);
    if (c.format === "year" || figure === null) return v;
    if (group !== undefined) return exact(v, group); // of a file: every digit
    if (c.format === "percent") return number(figure * 100, c.decimals) + "%";
    if (Math.abs(figure) * 10 ** c.decimals >= most) return exact(v);
    return number(figure, c.kind === "integer" ? 0 : c.decimals);
  }
  if (c.kind === "date" && document.documentElement.lang === "vi") return v.split("-").reverse().join("/");
  return c.words?.[v] ?? v;
}

function tableOf(columns: Shown[], rows: Value[][], say: (key: string) => string): HTMLElement {
  const numeric = (c: Shown) => c.kind === "number" || c.kind === "integer";
  const table = make("table", columns.length >= 8 ? "data is-wide" : "data");
  const title = make("caption");
  title.id = "ask-caption";
  title.append(make("span", "caption", say("answer")));
  table.append(title);
  const head = table.createTHead().insertRow();
  for (const c of columns) {
    const th = make("th", numeric(c) ? "number" : "", c.title + (c.unit && c.format !== "percent" ? " (" + c.unit + ")" : ""));
    th.scope = "col";
    th.dataset.sort = numeric(c) ? "number" : "text";
    head.append(th);
  }
  const body = table.createTBody();
  for (const cells of rows) {
    const row = body.insertRow();
    cells.forEach((v, i) => {
      const td = make("td", numeric(columns[i]) ? (v === null ? "number absent" : "number") : "", written(v, columns[i]));
      if (v !== null && (columns[i].kind === "date" || (numeric(columns[i]) && figureOf(v) !== null))) td.dataset.v = v;
      row.append(td);
    });
  }
  const block = make("div", "table-scroll");
  const frame = make("div", "table-frame");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-labelledby", "ask-caption");
  frame.append(table);
  block.append(frame);
  return block;
}

// chart draws columns of numbers by the first one of words: those that have the
// unit of the first of them. Left are the others.
function chart(columns: Shown[], rows: Value[][], type: string): { figure: HTMLElement; left: number } | null {
  const numeric = (c: Shown) => c.kind === "number" || c.kind === "integer";
  const by = columns.findIndex((c) => !numeric(c) || c.format === "year");
  const first = columns.findIndex((c, i) => numeric(c) && i !== by);
  if (by < 0 || first < 0 || rows.length === 0) return null;
  const figures = columns.map((_, i) => i).filter((i) => i !== by && numeric(columns[i]));
  const measures = figures.filter((i) => columns[i].format === columns[first].format && columns[i].unit === columns[first].unit).slice(0, 8);
  const part = rows.slice(0, mostBars);
  const c = columns[first];
  const cube: Cube = {
    measure: { name: "", title: c.title, format: c.format === "percent" ? "percent" : "number", decimals: c.kind === "integer" ? 0 : c.decimals, unit: c.unit },
    by: { name: "", title: columns[by].title, format: type === "line" || columns[by].format === "period" ? "period" : "text", decimals: 0, unit: "" },
    across: null, folded: false, mean: false,
    rows: part.map((row) => written(row[by], columns[by])),
    columns: measures.map((i) => columns[i].title),
    keys: measures.map(() => ""),
    cells: part.map((row) => measures.map((i) => figureOf(row[i]))),
    write: (v) => written(String(v), c),
  };
  const drawn = picture(cube, type, measures.map((i) => columns[i].title).join(", "));
  return drawn && { figure: drawn.figure, left: figures.length - measures.length };
}
