import type { Format, LocaleSpec } from "./spec";

/** number writes v in the locale: 1.234,5. */
export function number(v: number, decimals: number, locale: LocaleSpec): string {
  if (!isFinite(v)) return locale.missing;
  const scale = Math.pow(10, decimals);
  const rounded = Math.sign(v) * Math.round(Math.abs(v) * scale * (1 + 1e-15)) / scale;
  const [whole, fraction] = Math.abs(rounded).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale.group);
  return (rounded < 0 ? "-" : "") + grouped + (fraction ? locale.decimal + fraction : "");
}

/** value writes a cell as its column asks for, with its unit. */
export function value(v: number | null | undefined, format: Format, locale: LocaleSpec): string {
  if (v === null || v === undefined) return locale.missing;
  if (format.kind === "percent") return number(v * 100, format.decimals, locale) + "%";
  if (format.kind === "year") return String(v);
  return number(v, format.decimals, locale) + (format.unit ? " " + format.unit : "");
}

/** Scale makes large amounts readable: 12.000.000.000 đồng is 12 tỷ đồng. */
export interface Scale {
  divide: number;
  word: string;
}

export function scaleFor(max: number, format: Format, locale: LocaleSpec): Scale {
  if (format.kind === "percent" || format.kind === "year") return { divide: 1, word: "" };
  if (max >= 1e9) return { divide: 1e9, word: locale.billion };
  if (max >= 1e7) return { divide: 1e6, word: locale.million };
  return { divide: 1, word: "" };
}

export type Measure = (text: string) => number;

/** cut shortens text to a width, with an ellipsis. */
export function cut(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const chars = Array.from(text);
  let low = 0;
  let high = chars.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(chars.slice(0, middle).join("").trimEnd() + "…") <= width) low = middle;
    else high = middle - 1;
  }
  return chars.slice(0, low).join("").trimEnd() + "…";
}

/** wrap breaks text between words into at most so many lines; the last one is cut. */
export function wrap(text: string, width: number, lines: number, measure: Measure): string[] {
  const out: string[] = [];
  let rest = text;
  while (out.length < lines - 1 && measure(rest) > width) {
    const words = rest.split(" ");
    let take = 1;
    while (take < words.length && measure(words.slice(0, take + 1).join(" ")) <= width) take++;
    const line = words.slice(0, take).join(" ");
    if (measure(line) > width) break;
    out.push(line);
    rest = words.slice(take).join(" ");
  }
  if (rest !== "") out.push(cut(rest, width, measure));
  return out;
}
