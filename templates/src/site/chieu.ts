// The page on a projector: ?chieu behind its address. One section fills the
// screen; keys, buttons and clicks at the edges lead on. Escape leaves.
import { target } from "./address";
import { say } from "./phrases";

const asked = (): boolean => new URLSearchParams(location.search).has("chieu");

/** projecting makes the type large before the first paint. */
export function projecting(): void {
  if (asked()) document.documentElement.classList.add("chieu");
}

/** project cuts the page into screens. It runs before charts are mounted, so
 * that they are drawn for their place on the screen. */
export function project(): void {
  const button = document.getElementById("project") as HTMLAnchorElement | null;
  button?.addEventListener("click", () => {
    button.href = "?chieu" + location.hash; // with what is filtered
  });
  const main = document.getElementById("main");
  if (!main || !asked()) return;
  const screens = cut(main);
  if (screens.length === 0) return;
  const bar = controls();
  main.append(bar.element);
  const title = document.title;
  let current = 0;

  const show = (to: number) => {
    current = Math.max(0, Math.min(screens.length - 1, to));
    screens.forEach((screen, i) => (screen.hidden = i !== current));
    bar.told.textContent = current + 1 + "/" + screens.length;
    bar.back.disabled = current === 0;
    bar.next.disabled = current === screens.length - 1;
    document.title = current + 1 + "/" + screens.length + " – " + title;
    screens[current].scrollTop = 0;
    screens[current].focus({ preventScroll: true });
  };
  const leave = () => {
    const address = new URL(location.href);
    address.search = "";
    location.href = address.href;
  };
  // A section higher than the screen is read to its end first.
  const down = () => {
    const screen = screens[current];
    if (screen.scrollTop + screen.clientHeight < screen.scrollHeight - 4) screen.scrollBy({ top: screen.clientHeight * 0.85 });
    else show(current + 1);
  };
  const up = () => {
    const screen = screens[current];
    if (screen.scrollTop > 4) screen.scrollBy({ top: -screen.clientHeight * 0.85 });
    else show(current - 1);
  };
  const keys: Record<string, () => void> = {
    ArrowRight: () => show(current + 1),
    ArrowLeft: () => show(current - 1),
    PageDown: down,
    PageUp: up,
    " ": down,
    Home: () => show(0),
    End: () => show(screens.length - 1),
    Escape: leave,
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || at.matches("input, select, textarea")) return;
    if (event.key === " " && at.closest("button, a, summary")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  bar.back.addEventListener("click", () => show(current - 1));
  bar.next.addEventListener("click", () => show(current + 1));
  bar.leave.addEventListener("click", leave);
  document.addEventListener("click", (event) => {
    if ((event.target as HTMLElement).closest("a, button, input, select, summary, label, figure.chart, table")) return;
    if (event.clientX > innerWidth * 0.92) show(current + 1);
    else if (event.clientX < innerWidth * 0.08) show(current - 1);
  });
  // A link to a section opens its screen.
  const linked = target(location.hash);
  fit(screens);
  screens.push(...screens.splice(0).flatMap(part));
  main.append(bar.element);
  const at = linked ? screens.findIndex((screen) => screen.contains(linked)) : 0;
  show(Math.max(0, at));
}

// cut makes a screen of the title with what follows it, and one of each chart,
// table or run of text below a heading; the heading is repeated.
function cut(main: HTMLElement): HTMLElement[] {
  const screens: HTMLElement[] = [];
  let heading = "";
  let filled = false;
  const open = () => {
    const screen = document.createElement("section");
    screen.className = "screen";
    screen.tabIndex = -1;
    screens.push(screen);
    filled = false;
    return screen;
  };
  let screen = open();
  const pieces = Array.from(main.children).flatMap((piece) => (piece.matches("section.annex") ? Array.from(piece.children) : [piece])) as HTMLElement[];
  for (const piece of pieces) {
    const large = piece.matches("figure, .table-block");
    if (piece.tagName === "H2") {
      heading = piece.textContent?.replace(/#$/, "").trim() ?? "";
      screen = open();
    } else if (large && filled) {
      const names = below(screen);
      screen = open();
      if (heading) screen.append(again(heading));
      screen.append(...names);
    }
    if (large) filled = true;
    screen.append(piece);
  }
  main.replaceChildren(...screens);
  return screens;
}

// part gives a chart or table a screen of its own where it would be cut off
// below what stands before it, and would be too small beside it.
function part(screen: HTMLElement): HTMLElement[] {
  const pieces = Array.from(screen.children) as HTMLElement[];
  const large = pieces.findIndex((piece) => piece.matches("figure, .table-block"));
  const before = pieces.slice(0, large).filter((piece) => !piece.matches("h2, h3, h4, h5, .screen-heading"));
  if (large < 0 || before.length === 0) return [screen];
  const chart = pieces[large].querySelector<HTMLElement>(".chart-box");
  const picture = (chart ?? pieces[large]).getBoundingClientRect();
  const end = screen.getBoundingClientRect().bottom;
  if (picture.bottom <= end) return [screen];
  const room = (end - picture.top) / heightOf(pieces[large]);
  if (chart && room >= smallest) {
    chart.style.setProperty("zoom", room.toFixed(2));
    return [screen];
  }
  const rest = screen.cloneNode(false) as HTMLElement;
  const heading = pieces[0].matches("h2") ? (pieces[0].firstChild?.textContent ?? "") : "";
  if (heading) rest.append(again(heading));
  pieces.slice(large).forEach((piece) => piece.remove());
  rest.append(...below(screen), ...pieces.slice(large));
  screen.after(rest);
  return [screen, rest];
}

// below are the smaller headings at the end of a screen: they name what comes next.
function below(screen: HTMLElement): Element[] {
  const names: Element[] = [];
  for (let e = screen.lastElementChild; e?.matches("h3, h4, h5"); e = e.previousElementSibling) names.unshift(e);
  return names;
}

// again is a section's heading above what is left of the section.
function again(heading: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "screen-heading";
  line.textContent = heading;
  return line;
}

const smallest = 1.15; // by how much a chart is enlarged: less cannot be read from the back

const heightOf = (figure: HTMLElement): number => Number(figure.dataset.height) || 340;

// fit enlarges charts as far as their whole height stays on the screen.
function fit(screens: HTMLElement[]): void {
  for (const figure of screens.flatMap((screen) => Array.from(screen.querySelectorAll<HTMLElement>("figure.chart")))) {
    const zoom = Math.max(smallest, Math.min(1.8, (innerHeight - 260) / heightOf(figure)));
    figure.querySelector<HTMLElement>(".chart-box")?.style.setProperty("zoom", zoom.toFixed(2));
  }
}

function controls() {
  const element = document.createElement("div");
  element.className = "screen-bar";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", say("project.bar"));
  const button = (key: string, sign: string) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = sign || say(key);
    if (sign) b.setAttribute("aria-label", say(key));
    return b;
  };
  const back = button("project.back", "‹");
  const next = button("project.next", "›");
  const leave = button("project.leave", "");
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  element.append(back, told, next, leave);
  return { element, back, next, leave, told };
}
