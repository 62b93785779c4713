// The page on a projector: ?chieu behind its address. One section fills the
// screen; keys, buttons and clicks at the edges lead on. Escape leaves.
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
    const hash = location.hash;
    location.href = location.pathname + hash;
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
  const linked = location.hash.length > 1 && !location.hash.startsWith("#?") ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const at = linked ? screens.findIndex((screen) => screen.contains(linked)) : 0;
  fit(screens);
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
      screen = open();
      const again = document.createElement("p");
      again.className = "screen-heading";
      again.textContent = heading;
      if (heading) screen.append(again);
    }
    if (large) filled = true;
    screen.append(piece);
  }
  main.replaceChildren(...screens);
  return screens;
}

// fit enlarges charts as far as their whole height stays on the screen.
function fit(screens: HTMLElement[]): void {
  for (const figure of screens.flatMap((screen) => Array.from(screen.querySelectorAll<HTMLElement>("figure.chart")))) {
    const high = Number(figure.dataset.height) || 340;
    const zoom = Math.max(1.15, Math.min(1.8, (innerHeight - 260) / high));
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
