// The names of a scatter chart's points, as many as find room: those outside the
// range first, then those that stand apart from the others. The tooltip and the
// table have them all.
import type { Loose, Spec, Surface } from "./spec";
import { cut } from "./text";

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const radius = 4;
const off = 4; // pixels between a point and its name

/** callPoints puts names beside points that lie in this box of the picture. */
export function callPoints(option: Loose, spec: Spec, surface: Surface, inner: Box): void {
  const size = surface.size - 1;
  const [x, y] = [option.xAxis[0], option.yAxis[0]];
  const place = ([v, w]: number[]): [number, number] => [
    inner.left + ((v - x.min) / (x.max - x.min)) * (inner.right - inner.left),
    inner.bottom - ((w - y.min) / (y.max - y.min)) * (inner.bottom - inner.top),
  ];
  const points: { series: number; row: number; at: [number, number]; outside: number }[] = [];
  option.series.forEach((s: Loose, series: number) =>
    s.data.forEach((pair: number[] | null, row: number) => {
      if (pair) points.push({ series, row, at: place(pair), outside: beyond(pair[1], spec.band) });
    }));
  const taken: Box[] = points.map(({ at: [px, py] }) => ({ left: px - radius, top: py - radius, right: px + radius, bottom: py + radius }));
  const names = new Map<number, Map<number, Loose>>();
  for (const point of [...points].sort((a, b) => b.outside - a.outside || b.at[0] - a.at[0])) {
    const name = cut(spec.names[point.row], 150, (text) => surface.measure(text, size, false));
    const spot = spots(point.at, surface.measure(name, size, false), size).find(({ box }) =>
      box.left >= 0 && box.right <= surface.width && box.top >= inner.top - size && box.bottom <= inner.bottom && !taken.some((other) => overlap(box, other)));
    if (!spot) continue;
    taken.push(spot.box);
    if (!names.has(point.series)) names.set(point.series, new Map());
    names.get(point.series)!.set(point.row, {
      show: true, position: spot.position, distance: off, color: "@text", fontSize: size, formatter: () => name,
    });
  }
  option.series.forEach((s: Loose, series: number) => {
    s.data = s.data.map((pair: number[] | null, row: number) => {
      const label = names.get(series)?.get(row);
      return label ? { value: pair, label } : pair;
    });
  });
}

// beyond is how far a value lies outside the range.
function beyond(v: number, band: number[]): number {
  return band.length === 2 ? Math.max(0, band[0] - v, v - band[1]) : 0;
}

function spots([x, y]: [number, number], width: number, size: number): { position: string; box: Box }[] {
  const half = size / 2 + 1;
  const reach = radius + off;
  return [
    { position: "right", box: { left: x + reach, right: x + reach + width, top: y - half, bottom: y + half } },
    { position: "left", box: { left: x - reach - width, right: x - reach, top: y - half, bottom: y + half } },
    { position: "top", box: { left: x - width / 2, right: x + width / 2, top: y - reach - size - 1, bottom: y - reach + 1 } },
    { position: "bottom", box: { left: x - width / 2, right: x + width / 2, top: y + reach - 1, bottom: y + reach + size + 1 } },
  ];
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
