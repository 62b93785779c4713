// The search box over all pages. Its index is a script of its own, fetched
// when the box is first entered: fetch() would not work from a disk.
import { say } from "./phrases";
import { plain, wordsOf } from "./plain";

interface Index {
  pages: [title: string, href: string, under: string, also?: string][];
  left: number;
}

declare global {
  interface Window {
    tongketIndex?: Index;
  }
}

const most = 12; // results shown at a time

interface Page {
  title: string;
  href: string;
  under: string;
  text: string;
  words: string[];
}

/** seek makes the box in the header find pages: type, walk the results with
 * the arrow keys, Enter opens one, Escape closes the list. */
export function seek(): void {
  const box = document.querySelector<HTMLElement>(".seek");
  const input = box?.querySelector("input");
  const list = box?.querySelector<HTMLElement>(".seek-results");
  const panel = box?.querySelector<HTMLElement>(".seek-panel");
  const told = box?.querySelector<HTMLElement>(".seek-told");
  if (!box || !input || !list || !panel || !told) return;
  let pages: Page[] | undefined;
  let asked = false;
  let active = -1;

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = box.dataset.index!;
    script.addEventListener("load", () => {
      pages = (window.tongketIndex?.pages ?? []).map(([title, href, under, also]) => {
        const text = plain(also ? title + " " + also : title);
        return { title, href, under, text, words: text.split(/[^\p{L}\p{N}]+/u) };
      });
      show();
    });
    script.addEventListener("error", () => {
      told.textContent = say("seek.missing");
      panel.hidden = false;
    });
    document.head.append(script);
  };

  const close = () => {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const mark = (to: number) => {
    const options = Array.from(list.children) as HTMLElement[];
    active = options.length === 0 ? -1 : (to + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };

  const show = () => {
    const wanted = wordsOf(input.value);
    if (wanted.length === 0) return close();
    if (!pages) return; // shown when the index is there
    const found = find(pages, wanted);
    list.replaceChildren(...found.slice(0, most).map((page, i) => result(page, i, box.dataset.root ?? "")));
    list.hidden = found.length === 0;
    const left = window.tongketIndex?.left ?? 0;
    told.textContent = [
      found.length === 0 ? say("seek.none") : found.length > most ? say("seek.more", { shown: most, total: found.length }) : say("seek.found", { total: found.length }),
      left > 0 ? say("seek.left", { count: left }) : "",
    ].join(" ").trim();
    panel.hidden = false;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(0);
  };

  const go = (row: number) => list.children[row]?.querySelector("a")?.click();

  input.addEventListener("focus", load);
  input.addEventListener("input", () => {
    load();
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      close();
      event.preventDefault(); // the words stay to be mended
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) show();
      else mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !panel.hidden) {
      event.preventDefault();
      go(active);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the list open until the click
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget as Node | null)) close();
  });
}

// find gives the pages that hold every word; those whose title begins with
// what was typed come first, then those in which each word begins a word.
function find(pages: Page[], wanted: string[]): Page[] {
  const phrase = wanted.join(" ");
  const found: { page: Page; rank: number; place: number }[] = [];
  pages.forEach((page, place) => {
    if (!wanted.every((word) => page.text.includes(word))) return;
    const begins = wanted.every((word) => page.words.some((w) => w.startsWith(word)));
    const rank = page.text.startsWith(phrase) ? 0 : page.text.includes(phrase) && begins ? 1 : begins ? 2 : 3;
    found.push({ page, rank, place });
  });
  found.sort((a, b) => a.rank - b.rank || a.place - b.place);
  return found.map(({ page }) => page);
}

function result(page: Page, i: number, root: string): HTMLElement {
  const option = document.createElement("li");
  option.id = "seek-" + i;
  option.setAttribute("role", "option");
  const link = document.createElement("a");
  link.href = root + page.href;
  link.tabIndex = -1;
  const title = document.createElement("span");
  title.textContent = page.title;
  link.append(title);
  if (page.under) {
    const under = document.createElement("span");
    under.className = "seek-under";
    under.textContent = page.under;
    link.append(under);
  }
  option.append(link);
  return option;
}
