// The page's language: what the writer left in #tongket-locale.

interface Locale {
  lang: string;
  decimal: string;
  group: string;
  ui: Record<string, string>;
  chart: Record<string, string>;
}

let read: Locale | undefined;

function locale(): Locale {
  read ??= JSON.parse(document.getElementById("tongket-locale")?.textContent ?? '{"lang":"vi","decimal":",","group":".","ui":{},"chart":{}}') as Locale;
  return read;
}

export const language = (): string => locale().lang;

/** say returns a phrase with its {places} filled. */
export function say(key: string, places: Record<string, string | number> = {}): string {
  const phrase = locale().ui[key] ?? key;
  return phrase.replace(/\{(\w+)\}/g, (all, name: string) => String(places[name] ?? all));
}

/** number writes v in the page's language: 1.234,5. */
export function number(v: number, decimals: number, group = locale().group): string {
  if (!isFinite(v)) return "–";
  const { decimal } = locale();
  const scale = Math.pow(10, decimals);
  const rounded = (Math.sign(v) * Math.round(Math.abs(v) * scale * (1 + 1e-15))) / scale;
  const [whole, fraction] = Math.abs(rounded).toFixed(decimals).split(".");
  return (rounded < 0 ? "-" : "") + whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction ? decimal + fraction : "");
}

/** separator parts the columns of a file for people. */
export const separator = (): string => (locale().decimal === "," ? ";" : ",");

/** marks are what a chart needs to write figures. */
export function marks(): Record<string, string> {
  const { decimal, group, chart } = locale();
  return { decimal, group, missing: "–", million: chart["axis.million"], billion: chart["axis.billion"], cut: chart.cut };
}

/** exact writes a number that a text holds, every digit of it. */
export function exact(text: string, group = locale().group): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return text;
  return parts[1] + parts[2].replace(/\B(?=(\d{3})+$)/g, group) + (parts[3] ? locale().decimal + parts[3] : "");
}
