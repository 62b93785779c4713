// A chart of a cube, in the words of internal/chart: the script that draws the
// other charts draws it too.
import type { LocaleSpec, Spec } from "../chart/spec";
import type { Cube } from "./cube";
import { marks } from "./phrases";

const colours = 8;
const statuses = ["done", "on_track", "behind", "not_started", "no_report", "no_plan"];

export interface Picture {
  figure: HTMLElement;
  left: number; // columns for which there is no colour
}

export function picture(cube: Cube, type: string, caption: string): Picture | null {
  if (cube.rows.length === 0) return null;
  const sequence = ["period", "date", "year"].includes(cube.by.format);
  const line = type === "line";
  const horizontal = !line && !sequence;
  const weight = (j: number) => cube.cells.reduce((sum, row) => sum + Math.abs(row[j] ?? 0), 0);
  const drawn = cube.columns.map((_, j) => j).sort((a, b) => weight(b) - weight(a)).slice(0, colours).sort((a, b) => a - b);
  const format = { kind: cube.measure.format, decimals: cube.measure.decimals, unit: cube.measure.format === "percent" ? "" : cube.measure.unit };
  const labels = cube.rows;
  const names = new Set<string>();
  const series = drawn.map((j) => {
    let name = cube.columns[j];
    while (names.has(name)) name += " ";
    names.add(name);
    return { name, type: line ? "line" : "bar", stack: type === "stack" ? "all" : undefined, data: cube.cells.map((row) => row[j]) };
  });
  const category = { type: "category", data: labels };
  const value = { type: "value" };
  const spec: Spec = {
    kind: line ? "line" : "bar", horizontal, stack: type === "stack", bullet: false, panels: [], sequence, height: 0,
    labels, names: labels, named: false, band: [], notes: labels.map(() => "–"), status: [], all: labels.length,
    x: { kind: "text", decimals: 0, unit: "" }, xTitle: cube.by.title, yTitle: cube.measure.title,
    series: drawn.map((j, i) => ({ role: "value", token: statuses.includes(cube.keys[j]) ? "status." + cube.keys[j] : "series" + (i + 1), format, panel: 0 })),
    locale: marks() as unknown as LocaleSpec,
  };
  const option = {
    xAxis: [horizontal ? value : category],
    yAxis: [horizontal ? category : value],
    series,
    tongket: spec,
  };
  const row = Math.max(26, (type === "stack" ? 1 : drawn.length) * 11 + 10);
  const height = horizontal ? Math.min(labels.length, 400) * row + 90 : 380;
  return { figure: figureOf(option, caption, height), left: cube.columns.length - drawn.length };
}

function figureOf(option: object, caption: string, height: number): HTMLElement {
  const figure = document.createElement("figure");
  figure.className = "chart";
  figure.dataset.height = String(height);
  const title = document.createElement("figcaption");
  title.textContent = caption;
  const box = document.createElement("div");
  box.className = "chart-box";
  const still = document.createElement("div");
  still.className = "chart-still";
  const live = document.createElement("div");
  live.className = "chart-live";
  live.hidden = true;
  box.append(still, live);
  const data = document.createElement("script");
  data.type = "application/json";
  data.className = "chart-option";
  data.textContent = JSON.stringify(option);
  // What a screen reader is told; the table below has the figures.
  const sentence = document.createElement("p");
  sentence.className = "chart-sentence";
  sentence.hidden = true;
  sentence.textContent = caption;
  figure.append(title, box, data, sentence);
  return figure;
}
