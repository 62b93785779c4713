// Draws a prepared option as SVG, where ECharts would draw it: the picture that
// stands on a page before its script has come, on a page without scripts and
// on paper. It knows the shapes that prepare makes and nothing else, so it
// takes a fortieth of the time that the whole library takes in the engine of
// the binary. A test holds it against the library's own drawing in a browser.
import type { Loose } from "./spec";

export interface Sheet {
  width: number;
  height: number;
  family: string;
  measure(text: string, size: number, bold: boolean): number;
}

/** still draws an option that prepare has made. */
export function still(option: Loose, sheet: Sheet): string {
  const out: string[] = [];
  const plots = option.grid.map((_: Loose, i: number) => new Plot(option, i, sheet));
  for (const plot of plots) plot.lines(out);
  for (const plot of plots) plot.words(out);
  const drawn: Drawn = { under: [], shapes: [], lines: [], points: [], labels: [], above: [] };
  for (const plot of plots) plot.series(drawn);
  out.push(...drawn.under, ...drawn.shapes, ...drawn.lines, ...drawn.points, ...drawn.labels);
  legend(out, option, sheet);
  for (const title of option.title) {
    const size = title.textStyle.fontSize;
    const top = title.top ?? sheet.height - title.bottom - size;
    out.push(text(title.text, title.left, top + size / 2, { ...title.textStyle, anchor: "start" }));
  }
  out.push(...drawn.above);
  return `<svg width="${sheet.width}" height="${sheet.height}">${out.join("")}</svg>`;
}

// Drawn is in layers, so that no line lies under the bars of another series.
interface Drawn {
  under: string[]; // areas, and the pale bars below others
  shapes: string[];
  lines: string[];
  points: string[];
  labels: string[];
  above: string[];
}

interface Axis {
  option: Loose;
  category: boolean;
  from: number; // pixel of the lowest value or of the first category's edge
  to: number;
  band: number; // pixels of one category
  /** place is the pixel of a value, or of the middle of a category. */
  place(v: number): number;
}

// Plot is one grid with its two axes and the series on it.
class Plot {
  private x: Axis;
  private y: Axis;
  private box: { left: number; right: number; top: number; bottom: number };
  private all: Loose[];
  private stacks = new Map<string, { up: number[]; down: number[] }>();

  constructor(option: Loose, index: number, private sheet: Sheet) {
    const grid = option.grid[index];
    const right = grid.width === undefined ? sheet.width - grid.right : grid.left + grid.width;
    const bottom = grid.height === undefined ? sheet.height - grid.bottom : grid.top + grid.height;
    this.box = { left: grid.left, right, top: grid.top, bottom };
    const mine = (axes: Loose[]) => axes.find((axis) => (axis.gridIndex ?? 0) === index);
    this.x = axisOf(mine(option.xAxis), this.box.left, right);
    const up = mine(option.yAxis);
    this.y = up.inverse ? axisOf(up, this.box.top, bottom) : axisOf(up, bottom, this.box.top);
    this.all = option.series.filter((s: Loose) => (s.xAxisIndex ?? 0) === index || option.grid.length === 1);
  }

  private get upright(): boolean {
    return this.x.category || !this.y.category;
  }

  // lines are the grid, the axis of the categories and its ticks.
  lines(out: string[]): void {
    const { left, right, top, bottom } = this.box;
    const level = (at: number, stroke: string, extra = "") => out.push(`<path d="M${n(left)} ${crisp(at)}L${n(right)} ${crisp(at)}" fill="none" stroke="${stroke}"${extra}></path>`);
    const plumb = (at: number, from: number, to: number, stroke: string, extra = "") => out.push(`<path d="M${crisp(at)} ${n(from)}L${crisp(at)} ${n(to)}" fill="none" stroke="${stroke}"${extra}></path>`);
    for (const v of this.y.category ? [] : steps(this.y.option)) level(this.y.place(v), this.y.option.splitLine.lineStyle.color);
    for (const v of this.x.category ? [] : steps(this.x.option)) plumb(this.x.place(v), top, bottom, this.x.option.splitLine.lineStyle.color);
    const round = ` stroke-linecap="round"`;
    if (this.y.category) plumb(this.foot(this.y, this.x), top, bottom, this.y.option.axisLine.lineStyle.color, round);
    if (!this.x.category) return;
    const foot = this.foot(this.x, this.y);
    level(foot, this.x.option.axisLine.lineStyle.color, round);
    if (!this.x.option.axisTick.show) return;
    for (const i of labelled(this.x.option)) plumb(this.x.place(i), foot, foot + 5, this.x.option.axisTick.lineStyle.color);
  }

  // foot is where the axis of the categories crosses that of the values.
  private foot(axis: Axis, across: Axis): number {
    const zero = axis.option.axisLine.onZero && across.option.min <= 0 && across.option.max >= 0;
    return zero ? across.place(0) : across.from;
  }

  // words are the labels of both axes and the name of the level one.
  words(out: string[]): void {
    const { left, right, bottom } = this.box;
    const y = this.y.option.axisLabel;
    if (this.y.category) {
      const foot = this.foot(this.y, this.x);
      for (const i of labelled(this.y.option)) {
        const lines: string[] = y.formatter(this.y.option.data[i], i).split("\n");
        lines.forEach((line, k) => out.push(text(line, foot - y.margin, this.y.place(i) + (k - (lines.length - 1) / 2) * y.lineHeight, { ...y, anchor: "end" })));
      }
    } else if (y.show !== false) {
      for (const v of steps(this.y.option)) out.push(text(y.formatter(v), left - y.margin, this.y.place(v), { ...y, anchor: "end" }));
    }
    const x = this.x.option.axisLabel;
    if (this.x.category) this.categories(out);
    else for (const v of steps(this.x.option)) out.push(text(x.formatter(v), this.x.place(v), bottom + x.margin + x.fontSize / 2, { ...x, anchor: "middle" }));
    const { name, nameGap, nameTextStyle } = this.x.option;
    if (name) out.push(text(name, (left + right) / 2, bottom + nameGap + nameTextStyle.fontSize / 2, { ...nameTextStyle, anchor: "middle" }));
  }

  private categories(out: string[]): void {
    const { option } = this.x;
    const style = option.axisLabel;
    const top = this.foot(this.x, this.y) + style.margin;
    const shown = labelled(option);
    const write = style.formatter ?? ((label: string) => label);
    shown.forEach((i, k) => {
      const lines: string[] = write(option.data[i], i).split("\n");
      const at = this.x.place(i);
      if (style.rotate) {
        out.push(turned(lines[0], at, top, { ...style, anchor: "end" }));
        return;
      }
      const anchor = (k === 0 && style.alignMinLabel === "left" && "start") || (k === shown.length - 1 && style.alignMaxLabel === "right" && "end") || "middle";
      const high = style.lineHeight ?? style.fontSize;
      lines.forEach((line, row) => out.push(text(line, at, top + (row + 0.5) * high, { ...style, anchor })));
    });
  }

  series(drawn: Drawn): void {
    const bars = this.all.filter((s) => s.type === "bar");
    for (const s of this.all) {
      if (s.type === "line") this.line(s, drawn);
      else if (s.type === "scatter") this.scatter(s, drawn);
      else this.bars(s, bars.filter((other) => (other.yAxisIndex ?? 0) === (s.yAxisIndex ?? 0)), drawn);
    }
  }

  // span is the part of the value axis that a value takes, on top of what its
  // stack has come to.
  private span(s: Loose, row: number, v: number): [number, number] {
    if (!s.stack) return [0, v];
    if (!this.stacks.has(s.stack)) this.stacks.set(s.stack, { up: [], down: [] });
    const sums = this.stacks.get(s.stack)![v < 0 ? "down" : "up"];
    const from = sums[row] ?? 0;
    sums[row] = from + v;
    return [from, from + v];
  }

  private line(s: Loose, drawn: Drawn): void {
    const values = this.y.option;
    const runs: { x: number; y: number; base: number; item: Loose }[][] = [];
    let run: (typeof runs)[number] | null = null;
    s.data.forEach((item: Loose, i: number) => {
      const v = item !== null && typeof item === "object" ? item.value : item;
      if (v === null || v === undefined) {
        run = null;
        return;
      }
      const [from, to] = this.span(s, i, v);
      if (!run) runs.push((run = []));
      run.push({ x: this.x.place(i), y: this.y.place(to), base: this.y.place(Math.min(Math.max(from, values.min), values.max)), item });
    });
    const { color, width, type } = s.lineStyle;
    const dash = Array.isArray(type) ? ` stroke-dasharray="${type.join(",")}"` : "";
    const path = runs.filter((r) => r.length > 1).map((r) => "M" + r.map((p) => `${n(p.x)} ${n(p.y)}`).join("L")).join("");
    if (path !== "") drawn.lines.push(`<path d="${path}" fill="none" stroke="${color}" stroke-width="${width}"${dash} stroke-linejoin="bevel"></path>`);
    for (const r of s.areaStyle ? runs : []) {
      const edge = [...r.map((p) => `${n(p.x)} ${n(p.y)}`), ...r.map((p) => `${n(p.x)} ${n(p.base)}`).reverse()];
      drawn.under.push(`<path d="M${edge.join("L")}Z" fill="${s.areaStyle.color}" fill-opacity="${s.areaStyle.opacity}"></path>`);
    }
    for (const p of runs.flat()) {
      const own = p.item !== null && typeof p.item === "object" ? p.item : {};
      if (s.symbol !== "none" && (s.showSymbol || own.symbol)) drawn.points.push(symbol(s.symbol, p.x, p.y, [s.symbolSize, s.symbolSize], s.itemStyle));
      if (own.label?.show) drawn.labels.push(beside(own.label, p.x, p.y, s.symbolSize / 2, this.sheet));
    }
  }

  private scatter(s: Loose, drawn: Drawn): void {
    const size = Array.isArray(s.symbolSize) ? s.symbolSize : [s.symbolSize, s.symbolSize];
    const range = s.markArea?.data[0].map((end: Loose) => this.y.place(end.yAxis));
    if (range) {
      const { left, right } = this.box;
      const { color, opacity } = s.markArea.itemStyle;
      drawn.under.push(`<path d="M${n(left)} ${n(range[1])}l${n(right - left)} 0l0 ${n(range[0] - range[1])}l${n(left - right)} 0Z" fill="${color}" fill-opacity="${opacity}"></path>`);
    }
    for (const item of s.data) {
      if (!item) continue;
      const [x, y] = Array.isArray(item) ? item : item.value;
      const at: [number, number] = [this.x.place(x), this.y.place(y)];
      (s.z ? drawn.above : drawn.points).push(symbol(s.symbol, at[0], at[1], size, s.itemStyle));
      if (item.label) drawn.labels.push(beside(item.label, at[0], at[1], size[0] / 2, this.sheet));
    }
  }

  // bars stand side by side within a band, those of a stack in one place, as
  // wide as barMaxWidth, barGap and barCategoryGap leave them.
  private bars(s: Loose, group: Loose[], drawn: Drawn): void {
    const [along, across] = this.upright ? [this.x, this.y] : [this.y, this.x];
    const places = Array.from(new Set(group.map((other) => other.stack ?? other.id)));
    const gap = percent(s.barGap ?? "20%");
    const room = along.band * (1 - percent(s.barCategoryGap ?? "20%"));
    const width = s.barWidth ?? Math.min(room / (places.length + (places.length - 1) * gap), s.barMaxWidth ?? Infinity);
    const whole = width * (places.length + (places.length - 1) * gap);
    const offset = places.indexOf(s.stack ?? s.id) * width * (1 + gap) - whole / 2;
    s.data.forEach((v: number | null, i: number) => {
      if (v === null || v === undefined) return;
      const [low, high] = this.span(s, i, v);
      const from = across.place(low);
      const to = across.place(high);
      const side = along.place(i) + offset;
      const [x, y, w, h] = this.upright ? [side, from, width, to - from] : [from, side, to - from, width];
      (s.z === 1 ? drawn.under : drawn.shapes).push(`<path d="M${n(x)} ${n(y)}l${n(w)} 0l0 ${n(h)}l${n(-w)} 0Z" fill="${s.itemStyle.color}"></path>`);
      if (!s.label?.show) return;
      const words = s.label.formatter({ dataIndex: i });
      const { distance, fontSize } = s.label;
      const [dx, dy, anchor] = this.upright
        ? [width / 2, h + (v < 0 ? 1 : -1) * (distance + fontSize / 2), "middle"]
        : [w + (v < 0 ? -distance : distance), width / 2, v < 0 ? "end" : "start"];
      drawn.labels.push(text(words, x + dx, y + dy, { ...s.label, anchor }));
    });
  }
}

function axisOf(option: Loose, from: number, to: number): Axis {
  if (option.type === "category") {
    const count = option.data.length;
    const edge = option.boundaryGap === false;
    const band = (to - from) / (edge ? Math.max(1, count - 1) : Math.max(1, count));
    const place = (i: number) => (edge ? (count > 1 ? from + i * band : (from + to) / 2) : from + (i + 0.5) * band);
    return { option, category: true, from, to, band: Math.abs(band), place };
  }
  const place = (v: number) => from + ((v - option.min) / (option.max - option.min)) * (to - from);
  return { option, category: false, from, to, band: 0, place };
}

// steps are the values at which a value axis is marked.
function steps(axis: Loose): number[] {
  const out = [];
  for (let i = 0; axis.min + i * axis.interval <= axis.max + axis.interval * 1e-6; i++) out.push(axis.min + i * axis.interval);
  return out;
}

// labelled are the categories that carry a label.
function labelled(axis: Loose): number[] {
  const { interval } = axis.axisLabel;
  const all: number[] = axis.data.map((_: unknown, i: number) => i);
  return typeof interval === "function" ? all.filter((i) => interval(i)) : all;
}

// legend lays its items out as the library does: the next one begins after the
// edge of the last, which for a line is a pixel before its own place.
function legend(out: string[], option: Loose, sheet: Sheet): void {
  const { show, data, left, top, width, itemGap, itemWidth, itemHeight, textStyle, formatter } = option.legend;
  if (show === false) return;
  const items = data.map((entry: Loose) => {
    const series = option.series.find((s: Loose) => s.name === entry.name);
    const words = formatter(entry.name);
    const bar = String(entry.icon ?? "").startsWith("path://") ? corners(entry.icon, itemWidth, itemHeight) : null;
    const low = bar ? Math.min(...bar.map(([x]) => x)) : entry.icon ? 0 : -1;
    return { entry, series, words, bar, low, high: itemWidth + 5 + sheet.measure(words, textStyle.fontSize, false) };
  });
  let x = 0;
  let line = 0;
  items.forEach((item: Loose, i: number) => {
    const next = items[i + 1];
    const step = item.high - item.low + (next ? item.low - next.low : 0);
    if (x + step > width) {
      x = 0;
      line++;
    }
    const at = left + x - items[0].low;
    const middle = top + 2 + itemHeight / 2 + line * (textStyle.lineHeight + itemGap);
    x = (x + step > width ? 0 : x) + step + itemGap;
    swatch(out, item, at, middle, itemWidth, itemHeight);
    out.push(text(item.words, at + itemWidth + 5, middle, { ...textStyle, anchor: "start" }));
  });
}

function swatch(out: string[], { entry, series, bar }: Loose, x: number, middle: number, width: number, height: number): void {
  const { color, opacity } = series.itemStyle;
  if (bar) {
    out.push(`<path d="M${bar.map(([dx, dy]: number[]) => `${n(x + dx)} ${n(middle - height / 2 + dy)}`).join("L")}Z" fill="${color}"></path>`);
  } else if (entry.icon === "rect") {
    out.push(`<path d="M${n(x)} ${n(middle - height / 2)}l${width} 0l0 ${height}l-${width} 0Z" fill="${color}"></path>`);
  } else if (entry.icon === "circle") {
    out.push(symbol("circle", x + width / 2, middle, [height, height], { color, opacity }));
  } else {
    const { type } = series.lineStyle;
    const dash = Array.isArray(type) ? ` stroke-dasharray="${type.join(",")}"` : "";
    out.push(`<path d="M${n(x)} ${n(middle)}L${n(x + width)} ${n(middle)}" fill="none" stroke="${series.lineStyle.color}" stroke-width="2"${dash}></path>`);
    if (entry.itemStyle?.opacity !== 0) out.push(symbol(series.symbol, x + width / 2, middle, [8, 8], { color }));
  }
}

// corners are those of a path of straight lines, in the middle of its place.
function corners(icon: string, width: number, height: number): [number, number][] {
  const points = icon.replace("path://", "").split(/[MLZ]/).filter(Boolean).map((point) => point.split(",").map(Number) as [number, number]);
  const middle = (of: number[]) => (Math.min(...of) + Math.max(...of)) / 2;
  const dx = width / 2 - middle(points.map(([x]) => x));
  const dy = height / 2 - middle(points.map(([, y]) => y));
  return points.map(([x, y]) => [x + dx, y + dy]);
}

function symbol(kind: string, x: number, y: number, [w, h]: number[], style: Loose): string {
  const paint = ` fill="${style.color}"` + (style.opacity !== undefined && style.opacity < 1 ? ` fill-opacity="${style.opacity}"` : "") +
    (style.borderWidth ? ` stroke="${style.borderColor}" stroke-width="${style.borderWidth}"` : "");
  const [a, b] = [w / 2, h / 2];
  switch (kind) {
    case "rect":
      return `<path d="M${n(x - a)} ${n(y - b)}l${n(w)} 0l0 ${n(h)}l${n(-w)} 0Z"${paint}></path>`;
    case "triangle":
      return `<path d="M${n(x)} ${n(y - b)}L${n(x + a)} ${n(y + b)}L${n(x - a)} ${n(y + b)}Z"${paint}></path>`;
    case "diamond":
      return `<path d="M${n(x)} ${n(y - b)}L${n(x + a)} ${n(y)}L${n(x)} ${n(y + b)}L${n(x - a)} ${n(y)}Z"${paint}></path>`;
    default:
      return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(a)}"${paint}></circle>`;
  }
}

// beside writes the label of a point.
function beside(label: Loose, x: number, y: number, radius: number, sheet: Sheet): string {
  const off = radius + label.distance;
  const size = label.fontSize ?? 12;
  const style = { ...label, fontSize: size, family: sheet.family };
  switch (label.position) {
    case "right":
      return text(label.formatter(), x + off, y, { ...style, anchor: "start" });
    case "left":
      return text(label.formatter(), x - off, y, { ...style, anchor: "end" });
    case "bottom":
      return text(label.formatter(), x, y + off + size / 2, { ...style, anchor: "middle" });
    default:
      return text(label.formatter(), x, y - off - size / 2, { ...style, anchor: "middle" });
  }
}

// text stands with its middle on y.
function text(words: string, x: number, y: number, style: Loose): string {
  return `<text x="${n(x)}" y="${n(y)}"${font(style)}>${escape(words)}</text>`;
}

function turned(words: string, x: number, y: number, style: Loose): string {
  const turn = (style.rotate * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn).toFixed(3), Math.sin(turn).toFixed(3)];
  return `<text transform="matrix(${cos},-${sin},${sin},${cos},${n(x)},${n(y)})"${font(style)}>${escape(words)}</text>`;
}

function font(style: Loose): string {
  const bold = style.fontWeight && style.fontWeight !== "normal" ? ` font-weight="${style.fontWeight}"` : "";
  return ` text-anchor="${style.anchor}" dominant-baseline="central" font-size="${style.fontSize}"${bold} fill="${style.color}"`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// escape also drops what XML 1.0 cannot hold.
function escape(words: string): string {
  return words.replace(/[&<>"]/g, (c) => entities[c]).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}

function percent(share: string): number {
  return parseFloat(share) / 100;
}

// crisp puts a line of one pixel between two pixels' edges.
function crisp(at: number): string {
  const doubled = Math.round(at * 2);
  return n((doubled + 1) % 2 === 0 ? doubled / 2 : (doubled + 1) / 2);
}

function n(v: number): string {
  return String(Math.round(v * 100) / 100);
}
