// The script of every page. It runs in <head>, before the first paint, and
// does there what must not flash: the theme, and the mark that scripts run.
// Everything else waits for the document. Without it a page is complete, only
// less handy.

import { project, projecting } from "./site/chieu";
import { contents } from "./site/contents";
import { frames } from "./site/frame";
import { marks } from "./site/marks";
import { menu } from "./site/menu";
import { explore } from "./site/explore";
import { filter } from "./site/filter";
import { rows, type Rows } from "./site/rows";
import { seek } from "./site/seek";
import { sort } from "./site/sort";
import { tools } from "./site/tools";
import { theme, themeButton } from "./site/theme";

declare global {
  interface Window {
    tongketCharts?: (root: Document) => void;
  }
}

document.documentElement.classList.add("js");
if (location.protocol === "file:") document.documentElement.classList.add("from-disk");
theme();
projecting();

// The font lies in the style sheet; asked for now, it is read by the time the
// first line is laid out, and no line moves.
for (const weight of [400, 500, 600, 700]) void document.fonts.load(weight + ' 1rem "Be Vietnam Pro"', "aệ");

document.addEventListener("DOMContentLoaded", () => {
  themeButton();
  menu();
  seek();
  document.querySelectorAll<HTMLTableElement>("table.data").forEach(sort);
  const tables = Array.from(document.querySelectorAll<HTMLElement>(".table-block"), rows).filter((t): t is Rows => t !== undefined);
  tables.forEach(({ block }) => tools(block));
  filter(tables);
  explore();
  project();
  frames();
  marks();
  contents();
  window.tongketCharts?.(document);
});
