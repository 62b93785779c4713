// Light values of the palette. A page overrides them by custom properties
// (--chart-1, --status-done, …); keep both lists alike.
//
// Series colours differ in lightness as well as in hue, so that neighbours
// stay apart for colour-blind readers; statuses carry a hatch besides.

export const light: Record<string, string> = {
  series1: "#1f6f8b",
  series2: "#e09f3e",
  series3: "#6a8d3c",
  series4: "#9a5b8f",
  series5: "#c8553d",
  series6: "#4f6d9e",
  series7: "#8c7a5b",
  series8: "#2f4858",
  "status.done": "#2e7d4f",
  "status.on_track": "#2f6fb0",
  "status.behind": "#d98a1f",
  "status.not_started": "#b23a48",
  "status.no_report": "#8a8f98",
  "status.no_plan": "#7d6bb0",
  step1: "#e6f1f4",
  step2: "#bcdde6",
  step3: "#86c0cf",
  step4: "#2b7a93",
  step5: "#124f63",
  plan: "#3b4650",
  axis: "#93a0a9",
  grid: "#e4e9ec",
  text: "#37454f",
  surface: "#ffffff",
};

// On paper: the same hues pulled apart in lightness, for black-and-white
// printers, and text in black.
export const ink: Record<string, string> = {
  ...light,
  series1: "#1d5f78",
  series2: "#edbf79",
  series3: "#8fb35c",
  series4: "#7a3f70",
  series5: "#dd8a76",
  series6: "#2f4a78",
  series7: "#b9a98c",
  series8: "#1e2f3a",
  "status.done": "#1f6b3f",
  "status.on_track": "#5c93cc",
  "status.behind": "#efb45a",
  "status.not_started": "#96283a",
  "status.no_report": "#b9bdc3",
  "status.no_plan": "#a594d6",
  step1: "#e6f1f4",
  step2: "#bcdde6",
  step3: "#9accd9",
  step4: "#357f96",
  step5: "#124f63",
  plan: "#1a1a1a",
  axis: "#6b6b6b",
  grid: "#dcdcdc",
  text: "#111111",
};

/** property names the CSS custom property that overrides a token. */
export function property(token: string): string {
  if (token.startsWith("series")) return "--chart-" + token.slice(6);
  if (token.startsWith("step")) return "--chart-step-" + token.slice(4);
  if (token.startsWith("status.")) return "--status-" + token.slice(7).replace("_", "-");
  return token === "surface" ? "--surface" : "--chart-" + token;
}

// Decals of the live chart, near to the hatches that the still one gets.
const turn = Math.PI / 4;
export const decals: Record<string, object> = {
  "status.on_track": { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.2, 7], rotation: -turn },
  "status.behind": { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.6, 4], rotation: turn },
  "status.not_started": { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.6, 4], rotation: 2 * turn },
  "status.no_report": { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.6, 4], rotation: 0 },
  "status.no_plan": { symbol: "circle", dashArrayX: [[0, 8], [4, 8]], dashArrayY: [4, 0], symbolSize: 0.35 },
};
