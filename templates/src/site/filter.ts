// The page's filter: what is chosen holds for every chart and table that has
// the column, and stands in the address.
import { choose, chosen, onChosen } from "./address";
import { number, language, say } from "./phrases";
import type { Rows } from "./rows";

interface Column {
  place: number;
  name: string;
  chips: HTMLButtonElement[];
  list: HTMLSelectElement | null;
}

/** filter brings the bar to life. */
export function filter(tables: Rows[]): void {
  const bar = document.querySelector<HTMLElement>(".filter");
  const clear = bar?.querySelector<HTMLButtonElement>(".filter-clear");
  const told = bar?.querySelector<HTMLElement>(".filter-told");
  if (!bar || !clear || !told) return;
  const columns = Array.from(bar.querySelectorAll<HTMLElement>(".filter-column"), (box): Column => ({
    place: Number(box.dataset.place),
    name: box.dataset.name ?? "",
    chips: Array.from(box.querySelectorAll<HTMLButtonElement>(".filter-chip")),
    list: alphabetical(box.querySelector("select")),
  }));

  // wanted are the values asked for in each column; an empty list is no wish.
  const wanted = (): Map<number, string[]> => {
    const out = new Map<number, string[]>();
    for (const { place, chips, list } of columns) {
      const values = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.value);
      if (list?.value) values.push(list.value.slice(1));
      if (values.length > 0) out.set(place, values);
    }
    return out;
  };

  const apply = () => {
    const wish = wanted();
    const test = wish.size === 0 ? null : (keys: (string | null)[]) =>
      Array.from(wish).every(([place, values]) => keys[place] === null || keys[place] === undefined || values.includes(keys[place]!));
    for (const table of tables) {
      const figure = table.block.closest<HTMLElement>("figure.chart");
      const concerned = (!figure || follows(figure, table.keys.length)) && table.keys.length > 0 && Array.from(wish.keys()).some((place) => table.keys[0][place] !== null);
      table.fits(concerned ? test : null);
      if (figure) chart(figure, concerned && test ? table.keys.map(test) : null);
      const around = figure ?? table.block;
      apart(around, wish.size > 0 && !concerned);
    }
    clear.disabled = wish.size === 0;
    bar.classList.toggle("is-active", wish.size > 0);
    told.textContent = say(wish.size > 0 ? "filter.told" : "filter.scope");
  };

  const keep = () => {
    const choice = chosen();
    const wish = wanted();
    for (const { place, name } of columns) {
      choice.delete(name);
      for (const value of wish.get(place) ?? []) choice.append(name, value);
    }
    choose(choice);
    apply();
  };

  const restore = () => {
    const choice = chosen();
    for (const { name, chips, list } of columns) {
      const values = choice.getAll(name);
      for (const chip of chips) chip.setAttribute("aria-pressed", String(values.includes(chip.value)));
      if (list) list.value = Array.from(list.options).find((o) => o.value !== "" && values.includes(o.value.slice(1)))?.value ?? "";
    }
    apply();
  };

  for (const { chips, list } of columns) {
    list?.addEventListener("change", keep);
    for (const chip of chips) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        keep();
      });
    }
  }
  clear.addEventListener("click", () => {
    for (const { chips, list } of columns) {
      chips.forEach((chip) => chip.setAttribute("aria-pressed", "false"));
      if (list) list.value = "";
    }
    keep();
    bar.querySelector<HTMLElement>("button, select")?.focus(); // the button is off now
  });
  onChosen(restore);
  if (chosen().size > 0) restore();
}

function alphabetical(list: HTMLSelectElement | null): HTMLSelectElement | null {
  if (!list?.classList.contains("is-sorted")) return list;
  const order = new Intl.Collator(language(), { numeric: true });
  const [all, ...rest] = Array.from(list.options);
  list.append(all, ...rest.sort((a, b) => order.compare(a.text, b.text)));
  list.value = "";
  return list;
}

// follows tells whether a chart can show some of its rows: those that a script
// draws, but for small pictures side by side, and those whose marks can fade.
function follows(figure: HTMLElement, rows: number): boolean {
  const option = figure.querySelector("script.chart-option")?.textContent;
  if (!option) return figure.querySelector(".has-marks [data-row]") !== null;
  const { panels, all } = JSON.parse(option).tongket;
  return panels.length === 0 && all === rows;
}

// chart hands a chart the rows to keep, and says so in place of the sentence
// that was computed from all of them.
function chart(figure: HTMLElement, keep: boolean[] | null): void {
  const sentence = figure.querySelector<HTMLElement>(".chart-sentence");
  if (!sentence) return;
  sentence.dataset.whole ??= sentence.textContent ?? "";
  const shown = keep?.filter(Boolean).length ?? 0;
  sentence.textContent = !keep ? sentence.dataset.whole : shown === 0 ? say("filter.none") : say("filter.chart", { shown: number(shown, 0), total: number(keep.length, 0) });
  for (const picture of Array.from(figure.querySelectorAll(".chart-still, .chart-live"))) picture.setAttribute("aria-label", sentence.textContent ?? "");
  // Maps and heat maps stay the picture that they are: what is left out fades,
  // but for the names of a heat map's lines.
  for (const mark of Array.from(figure.querySelectorAll<SVGElement>(".has-marks [data-row]"))) {
    if (mark.querySelector("rect, path, polygon, circle")) mark.classList.toggle("is-out", keep?.[Number(mark.dataset.row)] === false);
  }
  figure.classList.toggle("is-empty", keep !== null && shown === 0);
  // Kept for a chart that is mounted later.
  if (keep) figure.dataset.keep = keep.map(Number).join("");
  else delete figure.dataset.keep;
  figure.dispatchEvent(new Event("tongket:keep"));
}

// apart says beside a chart or table that the filter does not reach it.
function apart(block: HTMLElement, untouched: boolean): void {
  let note = block.querySelector<HTMLElement>(":scope > .filter-apart");
  if (!note && untouched) {
    note = document.createElement("p");
    note.className = "filter-apart";
    note.textContent = say("filter.apart");
    block.append(note);
  }
  if (note) note.hidden = !untouched;
}
