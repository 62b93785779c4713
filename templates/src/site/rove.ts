// A picture full of marks is one stop of the Tab key; from there the arrows go
// to the next mark in their direction, and Enter opens what its row leads to.
import { say } from "./phrases";

const ways: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function rove(picture: HTMLElement): void {
  const marks = Array.from(picture.querySelectorAll<SVGElement>("[data-row]"));
  if (marks.length < 2) return;
  picture.setAttribute("role", "group"); // a picture as such would hide its marks
  const take = (taken: SVGElement) => {
    for (const mark of marks) mark.setAttribute("tabindex", mark === taken ? "0" : "-1");
  };
  take(marks[0]);
  picture.addEventListener("focusin", (event) => {
    const mark = (event.target as Element).closest<SVGElement>("[data-row]");
    if (mark) take(mark);
  });
  picture.addEventListener("keydown", (event) => {
    const from = (event.target as Element).closest<SVGElement>("[data-row]");
    if (!from || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && !from.matches("a[href]")) {
      const link = picture.querySelector<SVGAElement>(`a[data-row="${from.dataset.row}"][href]`);
      if (link) location.href = link.href.baseVal;
      return;
    }
    const shown = marks.filter((mark) => !mark.classList.contains("is-out"));
    const next = event.key === "Home" ? shown[0] : event.key === "End" ? shown[shown.length - 1] : event.key in ways ? nearest(from, shown, ways[event.key]) : null;
    if (next === null) return;
    event.preventDefault(); // the page does not scroll
    next?.focus();
  });
  const hint = document.createElement("p");
  hint.className = "chart-keys";
  hint.textContent = say(picture.querySelector("a[href]") ? "chart.keys.open" : "chart.keys");
  picture.after(hint);
}

// nearest is the mark that lies nearest in a direction, rather straight ahead
// than aside; one that lies more aside than ahead only for want of another.
function nearest(from: SVGElement, marks: SVGElement[], [right, down]: [number, number]): SVGElement | undefined {
  const here = middle(from);
  let best: SVGElement | undefined;
  let least = Infinity;
  for (const mark of marks) {
    const there = middle(mark);
    const [x, y] = [there.x - here.x, there.y - here.y];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    const cost = ahead + 2 * aside + (aside > ahead ? 1e6 : 0);
    if (mark !== from && ahead > 1 && cost < least) [best, least] = [mark, cost];
  }
  return best;
}

function middle(mark: SVGElement): { x: number; y: number } {
  const { left, top, width, height } = mark.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
