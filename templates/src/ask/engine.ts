// The database in the reader's browser: a worker that holds the published
// tables of one page and answers SQL. It fetches two files of the edition, and
// then it gives away all that could fetch more.
import { BROWSER_RUNTIME, VoidLogger, createDuckDB } from "@duckdb/duckdb-wasm/blocking";
import type { Cell, Kind, Order, Report, Table } from "./talk";

interface Connection {
  query(sql: string): Rows;
}
interface Rows {
  numRows: number;
  getChildAt(i: number): { get(row: number): unknown } | null;
}

declare const self: { postMessage(report: Report): void; onmessage: ((event: MessageEvent<Order>) => void) | null; fetch: (address: unknown) => Promise<Response> };
const tell = (report: Report) => self.postMessage(report);
const text = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

// dead tells that the engine fell over: what is left of its memory is of no use.
const dead = (fault: unknown): boolean => fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError || /database has been invalidated|INTERNAL Error/.test(text(fault));

let connection: Connection | undefined;
let tokenize: ((sql: string) => { offsets: number[]; types: number[] }) | undefined;

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  try {
    if (data.do === "open") tell({ is: "open", tables: await open(data) });
    else tell(ask(data.sql, data.rows));
  } catch (fault) {
    tell({ is: "fault", text: placed(text(fault)), opening: data.do === "open", dead: dead(fault) });
  }
};

async function open(order: Extract<Order, { do: "open" }>): Promise<Table[]> {
  const answer = await fetch(order.tables);
  if (!answer.ok) throw new Error(answer.status + " " + order.tables);
  const tables = ((await answer.json()) as { tables: Table[] }).tables;
  const module = await unpacked(order.engine, order.bytes);
  // The library asks for its file by an address; it gets what is here already.
  self.fetch = async () => new Response(module, { headers: { "content-type": "application/wasm" } });
  const bundle = { mainModule: "engine.wasm", mainWorker: "" };
  const db = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), BROWSER_RUNTIME);
  await db.instantiate(() => undefined);
  shut();
  const opened = db.connect() as unknown as Connection;
  for (const table of tables) {
    const file = table.name + ".csv";
    db.registerFileText(file, csv(table));
    const columns = table.columns.map((c) => quote(c.name) + ": " + quote(c.type)).join(", ");
    opened.query(`CREATE TABLE "${table.name}" AS SELECT * FROM read_csv(${quote(file)}, header = false, delim = ',', quote = '"', escape = '"', nullstr = '\\N', auto_detect = false, columns = {${columns}})`);
    db.dropFile(file);
  }
  // One that does not take hold leaves the engine closed to the reader.
  for (const lock of ["autoload_known_extensions = false", "autoinstall_known_extensions = false", "memory_limit = '1GB'", "enable_external_access = false", "lock_configuration = true"]) opened.query("SET " + lock);
  tokenize = (sql) => db.tokenize(sql);
  connection = opened;
  return tables;
}

// unpacked fetches the engine, which lies there compressed.
async function unpacked(address: string, bytes: number): Promise<ArrayBuffer> {
  const answer = await fetch(address);
  if (!answer.ok || !answer.body) throw new Error(answer.status + " " + address);
  let got = 0;
  const counted = answer.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform(part, to) {
      got += part.length;
      tell({ is: "loading", share: Math.min(1, got / bytes) });
      to.enqueue(part);
    },
  }));
  // Some servers have the browser unpack it on the way, and some pack it twice:
  // what it begins with tells, no header does.
  const come = await new Response(counted).arrayBuffer();
  const [first, second] = new Uint8Array(come);
  if (first !== 0x1f || second !== 0x8b) return come;
  return new Response(new Blob([come]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

// shut takes away every way out of the worker: no question reaches the network.
function shut(): void {
  for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts", "Worker", "indexedDB", "caches", "BroadcastChannel"]) {
    Object.defineProperty(self, way, { value: undefined, configurable: false, writable: false });
  }
}

const quote = (s: string): string => "'" + s.replace(/'/g, "''") + "'";

function csv(table: Table): string {
  const cell = (v: Cell) => (v === null ? "\\N" : typeof v === "string" ? '"' + v.replace(/"/g, '""') + '"' : String(v));
  return table.rows.map((row) => row.map(cell).join(",") + "\n").join("");
}

const kinds: [RegExp, Kind][] = [
  [/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/, "integer"], [/^(DECIMAL\b.*|DOUBLE|FLOAT)$/, "number"],
  [/^BOOLEAN$/, "boolean"], [/^DATE$/, "date"], [/^TIMESTAMP/, "moment"],
];

// What a page can show, and stays alive.
const mostColumns = 500;
const mostLetters = 50_000_000;

// The answer stands in a table whose name no question needs.
const answer = '"\u0001"';

function ask(asked: string, most: number): Report {
  if (!connection || !tokenize) throw new Error("not open");
  const start = performance.now();
  const sql = single(asked);
  if (typeof sql !== "string") return sql;
  // The question stands on lines of its own behind one line of ours: so the
  // places that the engine tells are off by one line in both statements. What
  // is described and what a table is made of can only read.
  const told = connection.query("DESCRIBE\n" + sql);
  const names: string[] = [];
  const types: string[] = [];
  for (let i = 0; i < told.numRows; i++) {
    names.push(String(told.getChildAt(0)!.get(i)));
    types.push(String(told.getChildAt(1)!.get(i)));
  }
  if (names.length > mostColumns) throw new Error("Out of Memory: the answer has too many columns for a page");
  // By their places: two columns may have one name.
  const places = names.map((_, i) => "c" + i);
  // Note: not a SELECT by itself. This engine then gives no rows, and no word
  // of it, where a value cannot be computed.
  connection.query(`CREATE OR REPLACE TEMP TABLE ${answer} AS SELECT ${places.map((p) => `CAST(${p} AS VARCHAR) AS ${p}`).join(", ")} FROM (
${sql}
) AS t(${places.join(", ")}) LIMIT ${most + 1}`);
  const letters = connection.query(`SELECT CAST(${places.map((p) => `coalesce(sum(length(${p})), 0)`).join(" + ")} AS DOUBLE) FROM ${answer}`);
  if (Number(letters.getChildAt(0)!.get(0)) > mostLetters) throw new Error("Out of Memory: the answer has too many letters for a page");
  const got = connection.query(`SELECT * FROM ${answer}`);
  const columns = places.map((_, i) => got.getChildAt(i)!);
  const rows: (string | null)[][] = [];
  for (let n = 0; n < Math.min(got.numRows, most); n++) rows.push(columns.map((c) => c.get(n) as string | null));
  return {
    is: "answer", names, kinds: types.map((type) => kinds.find(([like]) => like.test(type))?.[1] ?? "text"),
    rows, more: got.numRows > most, ms: performance.now() - start,
  };
}

// single is the one statement of a text that reads, without what ends it. The
// engine's own scanner tells what is a semicolon and what only looks like one.
function single(asked: string): string | Report {
  const bytes = new TextEncoder().encode(asked);
  const { offsets, types } = tokenize!(asked);
  const comment = 5;
  let end = bytes.length;
  let first = "";
  for (let i = 0; i < offsets.length; i++) {
    if (types[i] === comment) continue;
    const closes = bytes[offsets[i]] === 0x3b;
    if (end < bytes.length && !closes) return { is: "refused", why: "several" };
    if (closes) end = Math.min(end, offsets[i]);
    else first ||= /^\(*\s*(\w*)/.exec(new TextDecoder().decode(bytes.slice(offsets[i], offsets[i] + 40)))![1] || "(";
  }
  if (first === "") return { is: "refused", why: "empty" };
  if (!/^(select|with|from|values|\()$/i.test(first)) return { is: "refused", why: "select" };
  return new TextDecoder().decode(bytes.slice(0, end));
}

const placed = (fault: string): string => fault.replace(/LINE (\d+):/g, (_, line: string) => `LINE ${Number(line) - 1}:`);
