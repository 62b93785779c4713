import type { Loose, Spec } from "./spec";

/** keepRows leaves of a chart's option the rows that are kept, in order. A
 * status that is left without a row leaves the legend, too. */
export function keepRows(source: Loose, keep: boolean[]): Loose {
  const spec: Spec = source.tongket;
  const n = spec.labels.length;
  const rows = Array.from({ length: n }, (_, i) => i).filter((i) => keep[i]);
  const pick = (list: Loose) => (Array.isArray(list) && list.length === n ? rows.map((i) => list[i]) : list);
  const axis = (axes: Loose) => axes?.map((a: Loose) => (a.data ? { ...a, data: pick(a.data) } : a));
  const status: string[] = pick(spec.status);
  const stays = (i: number) => spec.series[i].role !== "status" || status.includes(spec.series[i].token.replace("status.", ""));
  return {
    ...source,
    xAxis: axis(source.xAxis),
    yAxis: axis(source.yAxis),
    series: source.series.filter((_: Loose, i: number) => stays(i)).map((s: Loose) => ({ ...s, data: pick(s.data) })),
    tongket: {
      ...spec,
      height: spec.horizontal ? 0 : spec.height, // as high as its rows
      labels: pick(spec.labels), names: pick(spec.names), notes: pick(spec.notes), status,
      series: spec.series.filter((_, i) => stays(i)),
      all: rows.length,
    },
  };
}
