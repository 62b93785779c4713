// Small multiples: the same picture for each value of a column, side by side on
// a common scale, so that one look compares them.
import type { Loose, Spec, Surface } from "./spec";
import { cut } from "./text";
import { tickWriter, tickValues, valueAxis } from "./layout";
import type { Frame } from "./layout";
import { niceTicks } from "./ticks";

const row = 138; // pixels of one row of pictures
const title = 20;

/** across is how many pictures stand side by side, the same on every width, so
 * that the live drawing is as high as the still one. */
function across(panels: number): number {
  if (panels < 4) return panels;
  if (panels === 4) return 2;
  return panels > 15 ? 4 : 3;
}

/** panels lays out small multiples and returns the height. */
export function panels(option: Loose, spec: Spec, surface: Surface, frame: Frame): number {
  const { size, width } = surface;
  const measure = (text: string) => surface.measure(text, size - 1, false);
  const columns = across(spec.panels.length);
  const rows = Math.ceil(spec.panels.length / columns);
  const ticks = niceTicks(Math.min(0, frame.low), Math.max(0, frame.high), 3);
  const write = tickWriter(ticks, frame, spec);
  const left = Math.ceil(Math.max(...tickValues(ticks).map((v) => measure(write(v))))) + 8;
  const gap = 18;
  const cell = (width - left - gap * (columns - 1) - 8) / columns;
  const unit = frame.unit ? size * 1.25 + 6 : 0;
  const top = frame.legend + unit;
  const height = surface.height || Math.ceil(top + rows * row);
  const step = (height - top) / rows;
  if (frame.unit) {
    option.title.push({ text: frame.unit, left: 0, top: frame.legend + 4, padding: 0, textStyle: words(surface, false) });
  }
  const last = spec.labels.length - 1;
  option.grid = [];
  const x = option.xAxis[0];
  const y = option.yAxis[0];
  option.xAxis = [];
  option.yAxis = [];
  spec.panels.forEach((name, i) => {
    const column = i % columns;
    const line = Math.floor(i / columns);
    const from = left + column * (cell + gap);
    const down = top + line * step;
    option.title.push({
      text: cut(name, cell, (text) => surface.measure(text, size, true)),
      left: from, top: down + 4, padding: 0, textStyle: words(surface, true),
    });
    option.grid.push({ left: from, top: down + title + 6, width: cell, height: step - title - 34, containLabel: false, outerBoundsMode: "none" });
    option.xAxis.push({
      ...x,
      type: "category",
      data: spec.labels,
      gridIndex: i,
      boundaryGap: spec.kind === "bar",
      axisLine: { lineStyle: { color: "@axis" }, onZero: true },
      axisTick: { show: false },
      axisLabel: {
        color: "@text",
        fontSize: size - 1,
        margin: 6,
        hideOverlap: false,
        interval: (k: number) => k === 0 || k === last,
        alignMinLabel: "left",
        alignMaxLabel: "right",
      },
    });
    const axis = { ...y, gridIndex: i };
    valueAxis(axis, ticks, write, { ...surface, size: size - 1 });
    axis.axisLabel = { ...axis.axisLabel, show: column === 0 };
    option.yAxis.push(axis);
  });
  return height;
}

function words(surface: Surface, bold: boolean) {
  return { fontSize: bold ? surface.size : surface.size - 1, fontWeight: bold ? 600 : "normal", color: "@text", fontFamily: surface.family };
}
