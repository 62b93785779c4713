// Runs inside the binary's JavaScript engine: an option in, an SVG out.
import "./safe";
import { init, setPlatformAPI, use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendPlainComponent, TitleComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { ink, light } from "./colors";
import { prepare } from "./prepare";

use([BarChart, LineChart, ScatterChart, GridComponent, LegendPlainComponent, TitleComponent, SVGRenderer]);

// The engine has no timers. ECharts sets some for later redraws, and a still
// picture has no later.
Object.assign(globalThis, { setTimeout: () => 0, clearTimeout: () => undefined });

type Widths = Record<string, Record<string, string>>; // weight → advance width (thousandths of an em) → characters
declare const FONT_WIDTHS: Widths;

const advances: Record<string, Map<string, number>> = {};

function learn(family: string, widths: Widths) {
  for (const weight of Object.keys(widths)) {
    const map = new Map<string, number>();
    for (const width of Object.keys(widths[weight])) {
      for (const char of widths[weight][width]) map.set(char, Number(width));
    }
    advances[family + " " + weight] = map;
  }
}

// A character the font lacks is taken from another one: emoji and Chinese
// are about as wide as they are high.
function measure(family: string, text: string, size: number, bold: boolean): number {
  const map = advances[family + (bold ? " 600" : " 400")];
  let sum = 0;
  for (const char of text) sum += map.get(char) ?? 1000;
  return (sum * size) / 1000;
}

const screenFont = "Be Vietnam Pro";
const paperFont = "Liberation Serif";

setPlatformAPI({
  measureText(text: string, font?: string) {
    const size = parseFloat(/([\d.]+)px/.exec(font ?? "")?.[1] ?? "12");
    // ECharts asks for this one character to learn the height of a line.
    if (text === "国") return { width: size };
    const family = (font ?? "").includes(paperFont) ? paperFont : screenFont;
    return { width: measure(family, text, size, /\b(600|700|bold)\b/.test(font ?? "")) };
  },
});

interface Sheet {
  paper: boolean;
  width: number;
}

// setUp takes the advance widths of the paper's font, which the binary holds.
function setUp(paperWidths: string) {
  learn(screenFont, FONT_WIDTHS);
  learn(paperFont, JSON.parse(paperWidths));
}

function render(optionJSON: string, sheetJSON: string): string {
  const sheet: Sheet = JSON.parse(sheetJSON);
  const family = sheet.paper ? paperFont : screenFont;
  const colors = sheet.paper ? ink : light;
  const { option, height } = prepare(JSON.parse(optionJSON), {
    width: sheet.width,
    height: 0,
    family,
    size: 12,
    paper: sheet.paper,
    live: false,
    color: (token) => colors[token] ?? colors.text,
    measure: (text, size, bold) => measure(family, text, size, bold),
  });
  const chart = init(null, null, { renderer: "svg", ssr: true, width: sheet.width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

// palette tells the binary which colour stands for which token, for classes.
function palette(): string {
  return JSON.stringify({ screen: light, paper: ink });
}

Object.assign(globalThis, { tongketSetUp: setUp, tongketRender: render, tongketPalette: palette });
