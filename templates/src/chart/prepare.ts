// prepare turns the option that internal/chart wrote into one that ECharts
// draws on a given surface. The embedded engine and the browser run the same
// code, so that a page and its paper show the same picture.
import type { Loose, Spec, Surface } from "./spec";
import { decals } from "./colors";
import { cut, scaleFor, value, number } from "./text";
import { extent } from "./ticks";
import { type Frame, horizontal, scatter, vertical } from "./layout";
import { panels } from "./panels";

// A horizontal bar chart grows by the row: so many fit on one sheet of paper,
// and so many are still a picture on a screen. The table has them all.
const mostRows = { paper: 60, screen: 400 };

export interface Prepared {
  option: Loose;
  height: number;
}

/** prepare writes into the option that it is given. */
export function prepare(option: Loose, surface: Surface): Prepared {
  const spec: Spec = option.tongket;
  delete option.tongket;
  delete option.toolbox;
  if (spec.horizontal) limit(option, spec, surface.paper ? mostRows.paper : mostRows.screen);

  const data = option.series.map((series: Loose) => series.data);
  const frame = measureFrame(option, spec, surface);
  const height = layOut(option, spec, surface, frame);
  option.animation = false;
  option.textStyle = { fontFamily: surface.family, fontSize: surface.size, color: "@text" };
  option.series.forEach((series: Loose, i: number) => dress(series, i, spec, surface, frame));
  if (spec.bullet) track(option, spec);
  if (spec.labels.length < spec.all) {
    const text = spec.locale.cut
      .replace("{shown}", number(spec.labels.length, 0, spec.locale))
      .replace("{all}", number(spec.all, 0, spec.locale));
    option.title.push({ text, left: 0, bottom: 0, padding: 0, textStyle: plain(surface, 1) });
  }
  option.tooltip = surface.tooltip?.(spec, option, data);
  paint(option, surface);
  return { option, height };
}

function limit(option: Loose, spec: Spec, rows: number) {
  for (const key of ["labels", "names", "notes", "status"] as const) spec[key] = spec[key].slice(0, rows);
  for (const axis of [option.xAxis[0], option.yAxis[0]]) if (axis.data) axis.data = axis.data.slice(0, rows);
  for (const series of option.series) series.data = series.data.slice(0, rows);
}

function plain(surface: Surface, smaller: number) {
  return { fontSize: surface.size - smaller, fontWeight: "normal", color: "@text", fontFamily: surface.family };
}

function measureFrame(option: Loose, spec: Spec, surface: Surface): Frame {
  const data: (number | null)[][] = option.series.map((s: Loose) => s.data);
  const stacked = option.series.map((s: Loose) => Boolean(s.stack) && s.type !== "scatter");
  const [low, high] = spec.kind === "scatter" ? [0, 0] : extent(data, stacked);
  const format = spec.series[0].format;
  const scale = scaleFor(Math.max(Math.abs(low), Math.abs(high)), format, spec.locale);
  const legend = legendFor(option, spec, surface);
  const unit = [scale.word, format.unit].filter(Boolean).join(" ");
  // With a plan's ticks beside them the values would be written over.
  const lone = spec.kind === "bar" && !spec.stack && spec.panels.length === 0 && spec.series.every((s) => s.role === "status" || spec.series.length === 1);
  const decimals = scale.divide > 1 ? 1 : format.decimals;
  const write = (v: number) =>
    format.kind === "percent" ? value(v, format, spec.locale) : number(v / scale.divide, decimals, spec.locale);
  return {
    low,
    high,
    scale,
    format,
    unit,
    legend,
    values: lone,
    last: lastValue(spec, data, write),
    write,
  };
}

// lastValue is what a single line has come to, in words; several lines would
// write over each other.
function lastValue(spec: Spec, data: (number | null)[][], write: (v: number) => string): string {
  if (spec.kind === "bar" || spec.kind === "scatter" || spec.panels.length > 0) return "";
  if (spec.series.filter((s) => s.role === "value").length !== 1) return "";
  const line = data[spec.series.findIndex((s) => s.role === "value")];
  return lastOf(line) < 0 ? "" : write(line[lastOf(line)] as number);
}

function lastOf(data: (number | null)[]): number {
  let last = data.length - 1;
  while (last >= 0 && data[last] === null) last--;
  return last;
}

// legendFor lays the legend out along the top and returns its height.
function legendFor(option: Loose, spec: Spec, surface: Surface): number {
  const shown = option.series.filter((_: Loose, i: number) => spec.series[i].panel === 0);
  const needed = shown.length > 1 || spec.series[0].role === "status";
  if (!needed) {
    option.legend = { show: false };
    return 0;
  }
  const gap = 16;
  const item = spec.kind === "bar" || spec.kind === "scatter" ? 14 : 24;
  const widest = surface.width * 0.6;
  const measure = (text: string) => surface.measure(text, surface.size, false);
  let lines = 1;
  let x = 0;
  for (const series of shown) {
    const width = item + 5 + measure(cut(series.name, widest, measure));
    if (x > 0 && x + width > surface.width - 8) {
      lines++;
      x = 0;
    }
    x += width + gap;
  }
  option.legend = {
    left: 0,
    top: 2,
    width: surface.width,
    padding: 0,
    itemGap: gap,
    itemWidth: item,
    itemHeight: 10,
    selectedMode: surface.live,
    inactiveColor: "@grid",
    textStyle: { color: "@text", fontSize: surface.size, lineHeight: 14, padding: [0, 0, 0, 0] },
    formatter: (name: string) => cut(name, widest, measure),
    data: shown.map((series: Loose, i: number) => ({ name: series.name, ...legendIcon(spec, i) })),
  };
  return lines * (14 + gap) - gap + 14;
}

function legendIcon(spec: Spec, i: number): object {
  if (spec.kind === "bar") {
    const tick = spec.horizontal ? "path://M6,0L9,0L9,10L6,10Z" : "path://M0,4L14,4L14,7L0,7Z";
    return spec.series[i].role === "plan" ? { icon: tick, itemStyle: { borderWidth: 0 } } : { icon: "rect" };
  }
  if (spec.series[i].role === "plan") return { itemStyle: { opacity: 0 } }; // its line has no dots
  return spec.kind === "scatter" ? { icon: "circle" } : {};
}

function layOut(option: Loose, spec: Spec, surface: Surface, frame: Frame): number {
  option.title = [];
  if (spec.panels.length > 0) return panels(option, spec, surface, frame);
  if (spec.kind === "scatter") return scatter(option, spec, surface, frame);
  return spec.horizontal ? horizontal(option, spec, surface, frame) : vertical(option, spec, surface, frame);
}

const symbols = ["circle", "rect", "triangle", "diamond"];
const dashes = ["solid", [7, 3], [2, 2], [10, 3, 2, 3]];

function dress(series: Loose, i: number, spec: Spec, surface: Surface, frame: Frame) {
  const { role, token } = spec.series[i];
  if (spec.panels.length > 0) i %= spec.series.filter((s) => s.panel === 0).length; // alike in all pictures
  const color = "@" + token;
  series.clip = false;
  series.silent = !surface.live;
  if (spec.kind === "scatter") {
    Object.assign(series, { symbol: surface.paper ? symbols[i % 4] : "circle", symbolSize: 8 });
    series.itemStyle = { color, opacity: 0.8 };
    return;
  }
  if (spec.kind === "bar") {
    if (role === "plan" && spec.panels.length > 0) planLine(series, color);
    else if (role === "plan") planTicks(series, spec, frame);
    else bars(series, i, color, spec, surface, frame);
    return;
  }
  const many = spec.labels.length > 30;
  series.lineStyle = { color, width: 2, type: surface.paper ? dashes[i % 4] : "solid" };
  series.itemStyle = { color };
  series.symbol = surface.paper ? symbols[i % 4] : "circle";
  series.symbolSize = 6;
  series.showSymbol = !many && spec.panels.length === 0 || surface.paper === false && spec.labels.length === 1;
  series.emphasis = { disabled: !surface.live };
  if (role === "plan") {
    planLine(series, color);
    return;
  }
  if (spec.kind === "area") series.areaStyle = { color, opacity: spec.stack ? 0.75 : 0.18 };
  if (frame.last !== "") labelLast(series, spec, frame);
}

// bars leaves a value that is missing without a bar and writes the row's note
// in its place; the tooltip still knows that it is missing.
function bars(series: Loose, i: number, color: string, spec: Spec, surface: Surface, frame: Frame) {
  series.itemStyle = { color };
  const decal = decals[spec.series[i].token];
  if (surface.live && decal) series.itemStyle.decal = { ...decal, color: "@surface" };
  series.barMaxWidth = frame.barMax ?? 48;
  series.barCategoryGap = spec.horizontal ? "28%" : "34%";
  series.barGap = spec.stack || spec.series[i].role === "status" ? undefined : "8%";
  if (!frame.values) return;
  const data: (number | null)[] = series.data;
  series.label = {
    show: true,
    position: "outside",
    distance: 5,
    color: "@text",
    fontSize: surface.size - 1,
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const v = data[dataIndex];
      return v === null || v === undefined ? spec.notes[dataIndex] : frame.write(v);
    },
  };
  const ownNote = (row: number) => spec.series[i].role !== "status" || statusOfRow(spec, row) === spec.series[i].token;
  series.data = data.map((v, row) => (v === null && spec.notes[row] && ownNote(row) ? 0 : v));
}

// statusOfRow is the token of the status a row stands in; the note of a row
// without a value belongs to the series of that status.
function statusOfRow(spec: Spec, row: number): string {
  return spec.status[row] ? "status." + spec.status[row] : "";
}

function planLine(series: Loose, color: string) {
  series.lineStyle = { color, width: 1.5, type: [5, 4] };
  series.itemStyle = { color };
  series.symbol = "none";
}

// track puts a pale bar that ends at the target under each bar of a bullet
// chart. It has an axis of its own, on which it is wider.
function track(option: Loose, spec: Spec) {
  const plan = spec.series.findIndex((s) => s.role === "plan");
  const targets = option.series[plan].data.map((v: Loose) => (Array.isArray(v) ? v[0] : v));
  option.yAxis.push({ type: "category", inverse: true, show: false, data: option.yAxis[0].data });
  option.series.push({
    id: "track",
    type: "bar",
    yAxisIndex: 1,
    barWidth: 19,
    z: 1,
    silent: true,
    tooltip: { show: false },
    emphasis: { disabled: true },
    itemStyle: { color: "@grid" },
    data: targets,
  });
}

function planTicks(series: Loose, spec: Spec, frame: Frame) {
  const wide = spec.bullet ? 26 : (frame.barMax ?? 48) * 1.4;
  const length = Math.max(6, Math.min(frame.band ?? 20, wide) * 0.8);
  series.symbol = "rect";
  series.symbolSize = spec.horizontal ? [5, length] : [length, 5];
  series.itemStyle = { color: "@plan", opacity: 1, borderColor: "@surface", borderWidth: 1.5 };
  series.z = 5;
  series.data = series.data.map((v: number | null, row: number) =>
    v === null ? null : spec.horizontal ? [v, row] : [row, v]);
}

// labelLast writes the value of the last point beside it, where the layout
// has left room.
function labelLast(series: Loose, spec: Spec, frame: Frame) {
  const continued = spec.series.some((s) => s.role === "plan" && s.token !== "plan"); // the forecast rises from there
  const data: (number | null)[] = series.data;
  const last = lastOf(data);
  series.data = data.map((v, row) =>
    row === last
      ? {
          value: v,
          symbol: series.symbol === "none" ? undefined : series.symbol,
          label: {
            show: true,
            position: last === data.length - 1 ? "right" : continued ? "bottom" : "top",
            distance: 7,
            color: "@text",
            fontWeight: 600,
            formatter: () => frame.last,
          },
        }
      : v);
}

// paint replaces the tokens of colours. Only keys that hold colours are
// looked at: a category may be called "@series1".
function paint(node: Loose, surface: Surface) {
  for (const key of Object.keys(node)) {
    const v = node[key];
    if (typeof v === "string") {
      if (v[0] === "@" && (key === "color" || key.endsWith("Color"))) node[key] = surface.color(v.slice(1));
    } else if (v && typeof v === "object" && key !== "data") {
      paint(v, surface);
    } else if (key === "data" && Array.isArray(v)) {
      for (const item of v) if (item && typeof item === "object" && !Array.isArray(item)) paint(item, surface);
    }
  }
}
