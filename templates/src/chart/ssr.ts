// Runs inside the binary's JavaScript engine: an option in, an SVG out.
import { ink, light } from "./colors";
import { prepare } from "./prepare";
import { still } from "./still";

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
  const width = (text: string, size: number, bold: boolean) => measure(family, text, size, bold);
  const { option, height } = prepare(JSON.parse(optionJSON), {
    width: sheet.width,
    height: 0,
    family,
    size: 12,
    paper: sheet.paper,
    live: false,
    color: (token) => colors[token] ?? colors.text,
    measure: width,
  });
  return still(option, { width: sheet.width, height, family, measure: width });
}

// palette tells the binary which colour stands for which token, for classes.
function palette(): string {
  return JSON.stringify({ screen: light, paper: ink });
}

Object.assign(globalThis, { tongketSetUp: setUp, tongketRender: render, tongketPalette: palette });
