// A chart by the keyboard: the arrows walk over its rows and show the same box
// as the pointer does, Enter opens what a click would.
import type { ECharts } from "echarts/core";
import { say } from "../site/phrases";
import type { Loose, Spec } from "./spec";

/** Stop is a place where the walk halts. */
interface Stop {
  series: number;
  row: number;
  panel: number;
}

/** Walk goes over what a chart shows at present. */
export interface Walk {
  spec: Spec;
  option: Loose;
  open(row: number): void;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** keys lets live be walked over, of a chart whose rows lead somewhere or not;
 * it returns what has to be called with each new drawing. */
export function keys(live: HTMLElement, chart: ECharts, openable: boolean): (walk: Walk) => void {
  const told = live.appendChild(document.createElement("p"));
  told.className = "chart-told";
  told.setAttribute("aria-live", "polite");
  const hint = document.createElement("p");
  hint.className = "chart-keys";
  hint.textContent = say(openable ? "chart.keys.open" : "chart.keys");
  live.after(hint);
  live.tabIndex = 0;
  live.setAttribute("role", "application");
  live.setAttribute("aria-roledescription", say("chart"));

  let walk: Walk | undefined;
  let stops: Stop[] = [];
  let at = -1;
  const hide = () => {
    at = -1;
    told.textContent = "";
    chart.dispatchAction({ type: "hideTip" });
  };
  const show = () => {
    const { spec, option } = walk!;
    const stop = stops[at];
    chart.dispatchAction(spec.kind === "scatter" ? { type: "showTip", seriesIndex: stop.series, dataIndex: stop.row } : { type: "showTip", ...middle(chart, spec, option, stop) });
    const box: HTMLElement = option.tooltip.formatter([{ seriesIndex: stop.series, dataIndex: stop.row }]);
    told.textContent = Array.from(box.children, (line) => (line.children.length ? Array.from(line.children, (c) => c.textContent).filter(Boolean).join(" ") : line.textContent)).filter(Boolean).join("; ");
  };
  live.addEventListener("keydown", (event) => {
    if (!walk || stops.length === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (key in steps) {
      const panels = walk.spec.panels.length;
      const far = panels > 1 && (key === "ArrowUp" || key === "ArrowDown") ? stops.length / panels : 1;
      const next = at < 0 ? 0 : at + steps[key] * far;
      if (next >= 0 && next < stops.length) at = next;
    } else if (key === "Home") at = 0;
    else if (key === "End") at = stops.length - 1;
    else if (key === "Enter" && at >= 0) return walk.open(stops[at].row);
    else if (key === "Escape" && at >= 0) {
      hide();
      event.preventDefault();
      return;
    } else return;
    event.preventDefault(); // the page does not scroll
    show();
  });
  live.addEventListener("blur", hide);
  return (next) => {
    hide();
    walk = next;
    stops = places(next);
  };
}

// places are the points of a scatter chart from left to right, the rows of
// any other, panel by panel.
function places({ spec, option }: Walk): Stop[] {
  if (spec.kind === "scatter") {
    const points: (Stop & { x: number })[] = option.series.flatMap((s: Loose, series: number) =>
      s.data.flatMap((one: Loose, row: number) => {
        const pair = one?.value ?? one;
        return pair ? [{ series, row, panel: 0, x: pair[0] }] : [];
      }));
    return points.sort((a, b) => a.x - b.x);
  }
  const rows: Loose[] = (spec.horizontal ? option.yAxis : option.xAxis)[0].data;
  return Array.from({ length: Math.max(1, spec.panels.length) }, (_, panel) => panel).flatMap((panel) =>
    rows.map((_, row) => ({ series: spec.series.findIndex((s) => s.panel === panel), row, panel })));
}

// middle is where a row lies in the picture, halfway up its axis of values.
function middle(chart: ECharts, spec: Spec, option: Loose, { row, panel }: Stop): { x: number; y: number } {
  const values = (spec.horizontal ? option.xAxis : option.yAxis)[panel];
  const half = (values.min + values.max) / 2;
  const [x, y] = chart.convertToPixel({ xAxisIndex: panel, yAxisIndex: panel }, spec.horizontal ? [half, row] : [row, half]);
  return { x, y };
}
