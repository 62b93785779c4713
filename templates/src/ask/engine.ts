// The database in the reader's browser: a worker that holds the published
// tables of one page and answers SQL. It fetches two files of the edition, and
// then it gives away all that could fetch more.
import { BROWSER_RUNTIME, VoidLogger, createDuckDB } from "@duckdb/duckdb-wasm/blocking";
import type { Cell, Kind, Order, Report, Table } from "./talk";

interface Connection {
  query(sql: string): unknown;
  send(sql: string): Promise<Iterable<Batch>>;
}
interface Field {
  name: string;
  type: { typeId: number; toString(): string };
}
interface Batch {
  schema: { fields: Field[] };
  numRows: number;
  getChildAt(i: number): { get(row: number): unknown } | null;
}

declare const self: { postMessage(report: Report): void; onmessage: ((event: MessageEvent<Order>) => void) | null; fetch: (address: unknown) => Promise<Response> };
const tell = (report: Report) => self.postMessage(report);
const text = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

let connection: Connection | undefined;

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  try {
    if (data.do === "open") tell({ is: "open", tables: await open(data) });
    else tell(await ask(data.sql, data.rows));
  } catch (fault) {
    tell({ is: "fault", text: text(fault), opening: data.do === "open" });
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
  db.open({ path: ":memory:", query: { castDecimalToDouble: true, castTimestampToDate: true } });
  shut();
  const opened = db.connect() as unknown as Connection;
  for (const table of tables) {
    const file = table.name + ".csv";
    db.registerFileText(file, csv(table));
    const columns = table.columns.map((c) => quote(c.name) + ": " + quote(c.type)).join(", ");
    opened.query(`CREATE TABLE "${table.name}" AS SELECT * FROM read_csv(${quote(file)}, header = false, delim = ',', quote = '"', escape = '"', nullstr = '\\N', auto_detect = false, columns = {${columns}})`);
    db.dropFile(file);
  }
  for (const lock of ["SET enable_external_access = false", "SET autoload_known_extensions = false", "SET autoinstall_known_extensions = false", "SET lock_configuration = true"]) {
    try {
      opened.query(lock);
    } catch {
      // A setting that this engine does not know opens nothing.
    }
  }
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
  // A server may have unpacked it on the way.
  const coded = answer.headers.get("content-encoding") !== null;
  const plain = coded ? counted : counted.pipeThrough(new DecompressionStream("gzip") as unknown as TransformStream<Uint8Array, Uint8Array>);
  return new Response(plain).arrayBuffer();
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

// Types of Arrow, by number.
const kinds: Record<number, Kind> = { 2: "integer", 3: "number", 6: "boolean", 7: "number", 8: "date", 10: "moment" };

async function ask(sql: string, most: number): Promise<Report> {
  if (!connection) throw new Error("not open");
  const start = performance.now();
  const rows: Cell[][] = [];
  let fields: Field[] = [];
  let more = false;
  for (const batch of await connection.send(sql)) {
    fields = batch.schema.fields;
    const columns = fields.map((_, i) => batch.getChildAt(i));
    for (let n = 0; n < batch.numRows && !more; n++) {
      if (rows.length === most) more = true;
      else rows.push(columns.map((column, i) => plain(column?.get(n), fields[i].type.typeId)));
    }
    if (more) break;
  }
  return { is: "answer", names: fields.map((f) => f.name), kinds: fields.map((f) => kinds[f.type.typeId] ?? "text"), rows, more, ms: performance.now() - start };
}

function plain(v: unknown, type: number): Cell {
  if (v === null || v === undefined) return null;
  if (type === 8 || type === 10) {
    const at = v instanceof Date ? v : new Date(Number(v));
    return isNaN(at.getTime()) ? null : at.toISOString().slice(0, type === 8 ? 10 : 19).replace("T", " ");
  }
  if (typeof v === "bigint") return Number(v);
  if (typeof v === "number") return isFinite(v) ? v : null;
  if (typeof v === "boolean" || typeof v === "string") return v;
  const written = JSON.stringify(v, (_, x: unknown) => (typeof x === "bigint" ? Number(x) : x));
  return written === undefined ? String(v) : written;
}
