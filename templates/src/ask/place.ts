// Where in a question the engine found something wrong.

export interface Place {
  line: number; // from 1
  column: number; // letters from 1
}

/** placeIn reads the engine's "LINE 2: SELECT x FROM y\n       ^"; null where it
 * tells none. The name that the fault is about, if there is one, tells the place
 * in the line better: of a long line the engine shows a part, and it counts its
 * letters otherwise than people do. */
export function placeIn(fault: string, sql: string): Place | null {
  const shown = /LINE (\d+): ([^\n]*)\n( *)\^/.exec(fault);
  if (!shown) return null;
  const line = Number(shown[1]);
  const text = sql.split("\n")[line - 1] ?? "";
  const excerpt = shown[2];
  const part = excerpt.replace(/^\.\.\.\ufffd*/, "");
  const begin = Math.max(text.indexOf(part.replace(/\ufffd*\.\.\.$/, "")), 0) - (excerpt.length - part.length);
  const at = begin + shown[3].length - ("LINE " + shown[1] + ": ").length;
  const named = /"([^"\n]+)"|name (\S+) does not exist/.exec(fault.split("\n")[0]);
  const near = nearest(text, named?.[1] ?? named?.[2] ?? "", at);
  return { line, column: Math.max(1, Math.min(near + 1, text.length + 1)) };
}

function nearest(text: string, name: string, at: number): number {
  const low = text.toLowerCase();
  let best = -1;
  for (let i = name ? low.indexOf(name.toLowerCase()) : -1; i >= 0; i = low.indexOf(name.toLowerCase(), i + 1)) {
    if (best < 0 || Math.abs(i - at) < Math.abs(best - at)) best = i;
  }
  return best < 0 ? at : best;
}

/** marked is the line of a place with a mark below it, cut around it. */
export function marked(sql: string, { line, column }: Place): string {
  const text = (sql.split("\n")[line - 1] ?? "").replace(/\t/g, " ");
  const from = Math.max(0, column - 60);
  return text.slice(from, from + 100) + "\n" + " ".repeat(column - 1 - from) + "^";
}
