// Brings the charts of a page to life: ECharts draws over the still SVG in
// the same box, with the reader's theme, width and pointer. Without this
// script, and on paper, the SVG stays.
//
// The canvas renderer is used because the SVG one writes style attributes,
// which the pages' Content-Security-Policy forbids.
import "./safe";
import { init, use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendPlainComponent, MarkAreaComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { light, property } from "./colors";
import { keepRows } from "./keep";
import { keys } from "./keys";
import { prepare } from "./prepare";
import type { Loose } from "./spec";
import { tooltip } from "./tip";

use([BarChart, LineChart, ScatterChart, GridComponent, LegendPlainComponent, MarkAreaComponent, TitleComponent, TooltipComponent, CanvasRenderer]);

declare global {
  interface Window {
    tongketCharts?: (root: Document) => void;
  }
}

/** tongketCharts mounts every chart below root, when the fonts are there to
 * measure with. */
window.tongketCharts = (root) => {
  const figures = Array.from(root.querySelectorAll<HTMLElement>("figure.chart"));
  if (figures.length === 0) return;
  void document.fonts.ready.then(() => figures.forEach(mount));
};

const pen = document.createElement("canvas").getContext("2d");
const still = matchMedia("(prefers-reduced-motion: reduce)");

function mount(figure: HTMLElement) {
  const source = figure.querySelector("script.chart-option")?.textContent;
  const live = figure.querySelector<HTMLElement>(".chart-live");
  const box = figure.querySelector<HTMLElement>(".chart-box");
  if (!source || !live || !box || !pen || figure.classList.contains("is-live")) return;
  const option = JSON.parse(source);
  const links = rowLinks(figure, option.tongket.all);

  // Small pictures side by side keep a width at which they can be read; the
  // box scrolls.
  if (option.tongket.panels.length > 2) live.style.minWidth = "560px";
  live.hidden = false;
  figure.classList.add("is-live");
  live.style.height = figure.dataset.height + "px";
  live.setAttribute("aria-label", figure.querySelector(".chart-sentence")?.textContent ?? "");
  const zoom = Number(getComputedStyle(box).zoom) || 1; // on a projector
  const chart = init(live, null, { renderer: "canvas", devicePixelRatio: devicePixelRatio * zoom, width: live.clientWidth, height: live.clientHeight });

  const walk = keys(live, chart, links.some(Boolean));
  const open = (row: number) => {
    const href = leads[row];
    if (href) location.href = href;
  };

  let drawn = 0;
  let shown = option;
  let leads = links;
  let natural = false; // the height of its rows instead of the still's
  const draw = () => {
    drawn = live.clientWidth;
    if (drawn === 0) return; // in a closed <details>: drawn when it opens
    if (shown.tongket.labels.length === 0) return; // the page says so in its place
    const made = liveOption(shown, live, leads, natural ? 0 : live.clientHeight);
    if (natural) live.style.height = made.height + "px";
    chart.resize({ width: drawn, height: live.clientHeight });
    chart.setOption(made.option, { notMerge: true });
    walk({ spec: shown.tongket, option: made.option, open });
  };
  const keep = () => {
    const rows = figure.dataset.keep;
    const kept = rows === undefined ? null : Array.from(rows, (mark) => mark === "1");
    shown = kept ? keepRows(option, kept) : option;
    leads = kept ? links.filter((_, i) => kept[i]) : links;
    natural = kept !== null && option.tongket.horizontal;
    if (!natural) live.style.height = figure.dataset.height + "px";
    draw();
  };
  keep();
  figure.addEventListener("tongket:keep", keep);
  new ResizeObserver(() => {
    if (live.clientWidth !== drawn) draw();
  }).observe(box);
  document.addEventListener("tongket:theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  chart.on("click", (hit: Loose) => open(hit.dataIndex));
}

// rowLinks are the addresses that the chart's own table gives its rows, so
// that where pages lie is known in one place. They are read before a reader
// can sort the table.
function rowLinks(figure: HTMLElement, rows: number): (string | undefined)[] {
  const lines = Array.from(figure.querySelectorAll(".chart-data tbody tr"));
  if (lines.length !== rows) return [];
  return lines.map((line) => line.querySelector<HTMLAnchorElement>("a[href]")?.href);
}

function liveOption(source: Loose, live: HTMLElement, links: (string | undefined)[], height: number): { option: Loose; height: number } {
  const css = getComputedStyle(live);
  const family = css.fontFamily;
  const own = JSON.parse(JSON.stringify({ ...source, tooltip: undefined }));
  const made = prepare(own, {
    width: live.clientWidth,
    height,
    family,
    size: 12,
    paper: false,
    live: true,
    color: (token) => css.getPropertyValue(property(token)).trim() || light[token],
    measure: (text, size, bold) => {
      pen!.font = (bold ? "600 " : "") + size + "px " + family;
      return pen!.measureText(text).width;
    },
    tooltip: (spec, made, data) => tooltip(spec, made, data, family),
  });
  const { option } = made;
  option.animation = !still.matches;
  option.animationDuration = 0; // the still picture stood there already
  option.animationDurationUpdate = 200;
  for (const series of option.series) series.cursor = links.some(Boolean) ? "pointer" : "default";
  return made;
}
