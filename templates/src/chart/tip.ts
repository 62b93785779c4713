// The tooltip of a live chart, built of elements: the pages' policy forbids
// style attributes in markup, and values are put in as text, never as HTML.
import type { Loose, Spec } from "./spec";
import { value } from "./text";

/** tooltip returns ECharts' tooltip for a chart; data are the numbers of its
 * series before anything was put in the place of what is missing. */
export function tooltip(spec: Spec, option: Loose, data: Loose[][], family: string): Loose {
  const point = spec.kind === "scatter";
  return {
    show: true,
    trigger: point ? "item" : "axis",
    axisPointer: {
      type: spec.kind === "bar" ? "shadow" : "line",
      label: { show: false },
      lineStyle: { color: "@axis", width: 1, type: "solid" },
      shadowStyle: { color: "@axis", opacity: 0.14 },
    },
    confine: true,
    transitionDuration: 0,
    className: "chart-tip",
    backgroundColor: "@surface",
    borderColor: "@axis",
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: "@text", fontFamily: family, fontSize: 13 },
    extraCssText: "max-width:20rem;white-space:normal;box-shadow:0 2px 8px rgba(0,0,0,.16);",
    formatter: (hit: Loose) => {
      const first = Array.isArray(hit) ? hit[0] : hit;
      if (!first) return "";
      const row: number = first.dataIndex;
      const color = (i: number) => option.series[i].itemStyle.color;
      const panel = spec.series[first.seriesIndex]?.panel ?? 0;
      return point ? ofPoint(spec, data, first.seriesIndex, row) : ofRow(spec, option, data, row, color, panel);
    },
  };
}

function ofRow(spec: Spec, option: Loose, data: Loose[][], row: number, color: (i: number) => string, panel: number): HTMLElement {
  const box = title(spec.panels.length ? spec.panels[panel] + ", " + spec.names[row] : spec.names[row]);
  spec.series.forEach((series, i) => {
    if (series.panel !== panel) return;
    const v = data[i][row];
    if (series.role === "status") {
      if ("status." + spec.status[row] !== series.token) return;
      line(box, color(i), spec.yTitle, value(v, series.format, spec.locale));
      line(box, "", spec.notes[row], "");
      return;
    }
    line(box, color(i), option.series[i].name, value(v, series.format, spec.locale));
  });
  return box;
}

function ofPoint(spec: Spec, data: Loose[][], i: number, row: number): HTMLElement {
  const [x, y] = data[i][row];
  const box = spec.named ? title(spec.names[row]) : document.createElement("div");
  line(box, "", spec.xTitle, value(x, spec.x, spec.locale));
  line(box, "", spec.yTitle, value(y, spec.series[i].format, spec.locale));
  if (spec.series[i].role === "status") line(box, "", spec.notes[row], "");
  return box;
}

function title(text: string): HTMLElement {
  const box = document.createElement("div");
  const head = box.appendChild(document.createElement("div"));
  head.textContent = text;
  head.style.fontWeight = "600";
  head.style.marginBottom = "4px";
  return box;
}

function line(box: HTMLElement, color: string, name: string, text: string) {
  const row = box.appendChild(document.createElement("div"));
  Object.assign(row.style, { display: "flex", gap: "8px", alignItems: "baseline" });
  if (color) {
    const mark = row.appendChild(document.createElement("span"));
    Object.assign(mark.style, { flex: "none", width: "10px", height: "10px", borderRadius: "2px", background: color });
  }
  row.appendChild(document.createElement("span")).textContent = name;
  const right = row.appendChild(document.createElement("span"));
  right.textContent = text;
  Object.assign(right.style, { marginLeft: "auto", paddingLeft: "12px", fontWeight: "600", whiteSpace: "nowrap" });
}
