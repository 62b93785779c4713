// What the page says about a question at fault, and about one that found nothing.
import { plain } from "../site/plain";
import type { Table } from "./talk";

type Say = (key: string, places?: Record<string, string>) => string;

// taught says what is wrong in the page's words, where the engine's are known.
export function taught(text: string, tables: Table[], say: Say): string {
  const columns = tables.flatMap((t) => t.columns);
  let found = /Referenced column "([^"]+)" not found|does not have a column named "([^"]+)"/.exec(text);
  if (found) {
    const name = found[1] ?? found[2];
    const titled = columns.find((c) => plain(c.title) === plain(name));
    if (titled) return say("column.titled", { title: name, name: titled.name });
    const list = near(name, columns.map((c) => c.name));
    return say(list ? "column" : "column.unknown", { name, list });
  }
  if ((found = /Table with name ([^\s]+) does not exist/.exec(text))) {
    const name = found[1];
    const titled = tables.find((t) => plain(t.title) === plain(name));
    const list = titled ? titled.name : near(name, tables.map((t) => t.name));
    return say(list ? "table.none" : "table.unknown", { name, list });
  }
  if ((found = /Function with name "?([^\s"]+)"? does not exist/.exec(text))) return say("function", { name: found[1] });
  if (/disabled (through|by) configuration|Permission Error/.test(text)) return say("outside");
  if ((found = /syntax error at or near "([^"]+)"/.exec(text))) return say("syntax", { near: found[1] });
  if (/syntax error at end of input/.test(text)) return say("syntax.end");
  if (/Out of Memory|memory/i.test(text)) return say("memory");
  return say("fault");
}

// near are the names nearest to one; none where nothing is like it.
function near(name: string, names: string[]): string {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length];
  };
  const key = plain(name).slice(0, 60);
  // Who types name may mean unit_name: what shares a word comes first.
  const far = (n: string) => distance(key, n) - (n.split("_").some((word) => word.length > 2 && word === key) ? n.length : 0);
  return Array.from(new Set(names)).map((n) => ({ n, far: far(plain(n)) })).filter(({ far }) => far <= Math.max(2, key.length / 2)).sort((a, b) => a.far - b.far).slice(0, 3).map(({ n }) => n).join(", ");
}

// Each part begins where the one before cannot go on: however a text is made,
// the search takes as long as reading it.
const compared = /(?:^|[^\p{L}\p{N}_])([\p{L}_][\p{L}\p{N}_]*)"?\s*(?:\)\s*)?(=|i?like|in\s*\()\s*'([^']*(?:''[^']*)*)'/giu;
const mostValues = 8;

/** missed tells of a question without an answer which of its values no row has,
 * and what may have been meant: a unit's code for its name, a period as it is
 * kept, the values of a column that has few. */
export function missed(sql: string, tables: Table[], say: Say): string[] {
  const out: string[] = [];
  for (const found of Array.from(matches(sql))) {
    const [, column, how, quoted] = found;
    const value = quoted.replace(/''/g, "'").replace(/^%+|%+$/g, "");
    const values = valuesOf(column.toLowerCase(), tables);
    const met = (v: string) => v === value || (/like/i.test(how) && v.toLowerCase().includes(value.toLowerCase()));
    if (values.size === 0 || value === "" || Array.from(values.keys()).some(met)) continue;
    const meant = alike(value, column.toLowerCase(), values, tables);
    const all = Array.from(values.keys());
    const list = (meant.length > 0 ? meant : all).slice(0, mostValues).join(", ") + (meant.length === 0 && all.length > mostValues ? ", …" : "");
    out.push(say(meant.length > 0 ? "none.meant" : "none.values", { column, value, list }));
  }
  return Array.from(new Set(out));
}

function* matches(sql: string): Generator<RegExpExecArray> {
  compared.lastIndex = 0;
  for (let found = compared.exec(sql); found; found = compared.exec(sql)) yield found;
}

// valuesOf are the values of a column in all tables, with the words for them.
function valuesOf(column: string, tables: Table[]): Map<string, string> {
  const out = new Map<string, string>();
  for (const table of tables) {
    const at = table.columns.findIndex((c) => c.name === column);
    if (at < 0) continue;
    for (const row of table.rows) {
      const v = row[at];
      if (typeof v === "string") out.set(v, table.columns[at].words?.[v] ?? v);
    }
  }
  return out;
}

// alike are the values that a word may stand for: spelt otherwise, said
// otherwise, or of a row that bears the word in another column.
function alike(value: string, column: string, values: Map<string, string>, tables: Table[]): string[] {
  const key = plain(value);
  const all = Array.from(values);
  const same = all.filter(([v, words]) => plain(v) === key || plain(words) === key).map(([v]) => v);
  if (same.length > 0) return same;
  const named = new Set<string>();
  for (const table of tables) {
    const at = table.columns.findIndex((c) => c.name === column);
    if (at < 0) continue;
    for (const row of table.rows) {
      if (typeof row[at] === "string" && row.some((v) => typeof v === "string" && plain(v) === key)) named.add(row[at] as string);
    }
  }
  if (named.size > 0 && named.size <= mostValues) return Array.from(named);
  return key.length > 2 ? all.filter(([v]) => plain(v).includes(key)).map(([v]) => v) : [];
}
