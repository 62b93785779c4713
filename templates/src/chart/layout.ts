// Where axes, labels and margins stand. Everything is measured with the font
// that will be drawn, so nothing is clipped and nothing overlaps.
import type { Format, Loose, Spec, Surface } from "./spec";
import { type Scale, cut, number, scaleFor, wrap } from "./text";
import { type Ticks, niceTicks } from "./ticks";
import { callPoints } from "./points";

/** Frame is what layout and dressing share. */
export interface Frame {
  low: number;
  high: number;
  scale: Scale;
  format: Format;
  unit: string;
  legend: number; // its height
  values: boolean; // write the value at each bar
  last: string; // written beside the last point of a lone line; "" for none
  write(v: number): string;
  band?: number; // pixels of one category
  barMax?: number; // widest bar, pixels
}

const lineHeight = 1.25;
const above = 5; // Vietnamese capitals with two marks rise over their line

/** horizontal lays out bars from left to right and returns the height. */
export function horizontal(option: Loose, spec: Spec, surface: Surface, frame: Frame): number {
  const { size, width } = surface;
  const measure = (text: string) => surface.measure(text, size, false);
  const room = Math.floor(width * 0.38);
  // A live drawing has the height of its still, which may have been wider: its
  // names take a second line only where the rows are high enough.
  const most = surface.height && surface.height / spec.labels.length < 2.3 * size * 1.15 ? 1 : 2;
  const wrapped = spec.labels.map((label) => wrap(label, room, most, measure));
  const two = wrapped.some((lines) => lines.length > 1);
  const left = Math.ceil(Math.max(...wrapped.flat().map(measure), 20)) + 10;
  // Notes of rows without a bar begin at the axis and need no margin.
  const written = option.series.flatMap((s: Loose) =>
    s.data.map((v: number | null) => (v === null ? 0 : surface.measure(frame.write(v), size - 1, false))));
  const ticks = niceTicks(Math.min(0, frame.low), Math.max(0, frame.high), width > 500 ? 5 : 3);
  const write = tickWriter(ticks, frame, spec);
  const lastTick = measure(write(ticks.max)) / 2 + 2;
  const right = Math.ceil(Math.max(lastTick, frame.values ? Math.max(...written, 0) + 8 : 12));

  const groups = spec.stack ? 1 : Math.max(1, spec.series.filter((s) => s.role === "value").length);
  const row = Math.max(two ? 31 : surface.paper ? 22 : 26, groups * 11 + 10);
  const top = frame.legend + 4;
  const cutNote = spec.labels.length < spec.all ? 22 : 0;
  const bottom = 8 + size * lineHeight + (frame.unit ? 6 + size * lineHeight : 0) + cutNote;
  const natural = Math.ceil(top + row * spec.labels.length + bottom);
  const height = surface.height || (spec.height && !surface.paper ? spec.height : natural);
  frame.band = (height - top - bottom) / spec.labels.length;
  frame.barMax = spec.bullet ? 9 : groups > 1 ? 16 : two || surface.paper ? 18 : 20;

  grid(option, left, right, top, bottom);
  Object.assign(option.yAxis[0], {
    type: "category",
    inverse: true,
    axisLine: { lineStyle: { color: "@axis" }, onZero: true },
    axisTick: { show: false },
    axisLabel: {
      interval: every(Math.max(1, Math.ceil((size + 1) / frame.band))),
      color: "@text",
      fontSize: size,
      lineHeight: size * 1.15,
      margin: 8,
      formatter: (_: string, i: number) => wrapped[i].join("\n"),
    },
  });
  if (ticks.min < 0) option.yAxis[0].axisLine.onZero = false;
  valueAxis(option.xAxis[0], ticks, write, surface);
  if (frame.unit) named(option.xAxis[0], frame.unit, surface, "middle", size * lineHeight + 12);
  return height;
}

/** vertical lays out columns, lines and areas and returns the height. */
export function vertical(option: Loose, spec: Spec, surface: Surface, frame: Frame): number {
  const { size, width } = surface;
  const measure = (text: string) => surface.measure(text, size, false);
  const height = surface.height || paperHeight(spec.height || 340, surface);
  const flat = spec.kind === "line" && frame.low > 0 && frame.high - frame.low < frame.high * 0.2;
  const ticks = niceTicks(flat ? frame.low : Math.min(0, frame.low), Math.max(0, frame.high), 5);
  const write = tickWriter(ticks, frame, spec);
  const widest = Math.max(...tickValues(ticks).map((v) => measure(write(v))));
  const rows = Math.max(1, spec.labels.length);
  const edge = spec.kind !== "bar" && rows > 1;
  let left = Math.ceil(widest) + 10;
  let right = 10;
  if (edge && spec.sequence) {
    left = Math.max(left, Math.ceil(measure(spec.labels[0]) / 2));
    right = Math.max(right, Math.ceil(measure(spec.labels[rows - 1]) / 2) + 2);
  }
  if (edge && frame.last !== "") right = Math.max(right, Math.ceil(surface.measure(frame.last, size, true)) + 12);
  const band = (width - left - right) / (edge ? rows - 1 : rows);
  frame.band = band;
  const below = categoryLabels(option.xAxis[0], spec, surface, band);
  if (below.overhang > 0) left = Math.max(left, Math.ceil(below.overhang - (edge ? 0 : band / 2)));

  if (frame.values) {
    const label = (v: number | null, row: number) => (v === null ? spec.notes[row] ?? "" : frame.write(v));
    const widths = option.series.flatMap((s: Loose) =>
      s.data.map((v: number | null, row: number) => surface.measure(label(v, row), size - 1, false)));
    frame.values = Math.max(...widths, 0) + 4 <= band;
  }
  const cutNote = spec.labels.length < spec.all ? 22 : 0;
  const unit = frame.unit ? size * lineHeight + 8 : 0;
  const top = frame.legend + unit + (frame.values ? size + 6 : 10);
  if (frame.unit) {
    option.title.push({ text: frame.unit, left: 0, top: frame.legend + above, padding: 0, textStyle: note(surface) });
  }
  grid(option, left, right, top, below.height + cutNote);
  option.xAxis[0].boundaryGap = !edge;
  option.xAxis[0].axisLine = { lineStyle: { color: "@axis" }, onZero: true };
  option.xAxis[0].axisTick = { show: edge, alignWithLabel: true, lineStyle: { color: "@axis" } };
  valueAxis(option.yAxis[0], ticks, write, surface);
  return height;
}

/** scatter lays out two value axes and returns the height. */
export function scatter(option: Loose, spec: Spec, surface: Surface, frame: Frame): number {
  const { size, width } = surface;
  const measure = (text: string) => surface.measure(text, size, false);
  const points: [number, number][] = option.series.flatMap((s: Loose) => s.data.filter((p: Loose) => p));
  const axis = (dim: 0 | 1, format: Format) => {
    const values = points.map((p) => p[dim]);
    if (dim === 1) values.push(...spec.band);
    const low = values.length ? Math.min(...values) : 0;
    const high = values.length ? Math.max(...values) : 1;
    const ticks = niceTicks(low > 0 && low < high * 0.5 ? 0 : low, high, 5);
    const scale = scaleFor(Math.max(Math.abs(low), Math.abs(high)), format, spec.locale);
    const own = { ...frame, format, scale };
    const unit = [scale.word, format.unit].filter(Boolean).join(" ");
    return { ticks, unit, write: tickWriter(ticks, own, spec) };
  };
  const x = axis(0, spec.x);
  const y = axis(1, spec.series[0].format);
  const height = surface.height || paperHeight(spec.height || 400, surface);
  const named = (title: string, unit: string) => cut(title + (unit ? " (" + unit + ")" : ""), width * 0.9, measure);
  const left = Math.ceil(Math.max(...tickValues(y.ticks).map((v) => measure(y.write(v))))) + 10;
  const right = Math.ceil(measure(x.write(x.ticks.max)) / 2) + 4;
  const top = frame.legend + size * lineHeight + 16;
  option.title.push({ text: named(spec.yTitle, y.unit), left: 0, top: frame.legend + above, padding: 0, textStyle: note(surface) });
  grid(option, left, right, top, size * lineHeight * 2 + 18);
  valueAxis(option.xAxis[0], x.ticks, x.write, surface);
  valueAxis(option.yAxis[0], y.ticks, y.write, surface);
  axisName(option.xAxis[0], named(spec.xTitle, x.unit), surface);
  if (spec.band.length === 2) {
    option.series[0].markArea = { silent: true, itemStyle: { color: "@step2", opacity: 0.5 }, data: [[{ yAxis: spec.band[0] }, { yAxis: spec.band[1] }]] };
  }
  if (spec.named) callPoints(option, spec, surface, { left, top, right: width - right, bottom: height - size * lineHeight * 2 - 18 });
  return height;
}

// categoryLabels fits the labels under a band: as they are, over up to three
// lines, or turned. Labels of a sequence are left out at equal steps instead,
// counted from the last, which is the one that matters.
function categoryLabels(axis: Loose, spec: Spec, surface: Surface, band: number) {
  const { size } = surface;
  const measure = (text: string) => surface.measure(text, size, false);
  const widest = Math.max(...spec.labels.map(measure), 0);
  const base = { color: "@text", fontSize: size, lineHeight: size * lineHeight, margin: 8, hideOverlap: false };
  axis.type = "category";
  if (spec.sequence || widest + 8 <= band) {
    const step = Math.max(1, Math.ceil((widest + 10) / band));
    const last = spec.labels.length - 1;
    axis.axisLabel = { ...base, interval: (i: number) => (last - i) % step === 0, formatter: (_: string, i: number) => spec.labels[i] };
    return { height: size * lineHeight + 12, overhang: 0 };
  }
  const wrapped = spec.labels.map((label) => wrap(label, band - 8, 3, measure));
  const whole = wrapped.every((lines) => !lines[lines.length - 1].endsWith("…"));
  if (band >= 90 || (band >= 56 && whole)) {
    axis.axisLabel = { ...base, interval: 0, formatter: (_: string, i: number) => wrapped[i].join("\n") };
    return { height: Math.max(...wrapped.map((lines) => lines.length)) * size * lineHeight + 12, overhang: 0 };
  }
  const short = spec.labels.map((label) => cut(label, 130, measure));
  const length = Math.max(...short.map(measure));
  const turn = (40 * Math.PI) / 180;
  axis.axisLabel = {
    ...base,
    rotate: 40,
    interval: every(Math.max(1, Math.ceil((size * 1.4) / band))),
    formatter: (_: string, i: number) => short[i],
  };
  return { height: Math.ceil(length * Math.sin(turn) + size + 12), overhang: length * Math.cos(turn) + 4 };
}

function every(step: number) {
  return (i: number) => i % step === 0;
}

// A paper is narrower than a page: the picture keeps its proportions.
function paperHeight(height: number, surface: Surface): number {
  return surface.paper ? Math.round((height * surface.width) / 720) : height;
}

function grid(option: Loose, left: number, right: number, top: number, bottom: number) {
  option.grid = [{ left, right, top, bottom, containLabel: false, outerBoundsMode: "none" }];
}

function note(surface: Surface) {
  return { fontSize: surface.size - 1, fontWeight: "normal", color: "@text", fontFamily: surface.family };
}

function axisName(axis: Loose, text: string, surface: Surface) {
  named(axis, text, surface, "middle", surface.size * lineHeight + 12);
}

function named(axis: Loose, text: string, surface: Surface, nameLocation: string, nameGap: number) {
  Object.assign(axis, { name: text, nameLocation, nameGap, nameTextStyle: note(surface), nameMoveOverlap: false });
}

export function valueAxis(axis: Loose, ticks: Ticks, write: (v: number) => string, surface: Surface) {
  Object.assign(axis, {
    type: "value",
    min: ticks.min,
    max: ticks.max,
    interval: ticks.step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: "@grid", width: 1 } },
    axisLabel: { color: "@text", fontSize: surface.size, margin: 8, formatter: write, hideOverlap: false },
  });
}

export function tickValues(ticks: Ticks): number[] {
  const out = [];
  for (let i = 0; ticks.min + i * ticks.step <= ticks.max + ticks.step * 1e-6; i++) out.push(ticks.min + i * ticks.step);
  return out;
}

export function tickWriter(ticks: Ticks, frame: Frame, spec: Spec): (v: number) => string {
  if (frame.format.kind === "percent") {
    const decimals = Math.max(0, ticks.decimals - 2);
    return (v) => number(v * 100, decimals, spec.locale) + "%";
  }
  if (frame.format.kind === "year") return (v) => String(v);
  const decimals = Math.min(3, niceTicks(ticks.min / frame.scale.divide, ticks.max / frame.scale.divide, 5).decimals);
  return (v) => number(v / frame.scale.divide, decimals, spec.locale);
}
