// What a mark of a still picture says of itself, beside the pointer or the
// focus. Without this script the browser shows its title instead.
import { rove } from "./rove";

export function marks(): void {
  const pictures = Array.from(document.querySelectorAll<HTMLElement>(".has-marks"));
  if (pictures.length === 0) return;
  const tip = document.body.appendChild(document.createElement("div"));
  tip.className = "mark-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the mark's own name is read aloud
  const hide = () => {
    tip.hidden = true;
  };
  for (const picture of pictures) {
    for (const mark of picture.querySelectorAll<SVGElement>("[data-row]")) take(mark);
    rove(picture);
    const show = (event: Event) => {
      const mark = (event.target as Element).closest<SVGElement>("[data-row]");
      if (mark) tell(tip, mark);
      else hide();
    };
    picture.addEventListener("pointerover", show);
    picture.addEventListener("focusin", show);
    picture.addEventListener("pointerleave", hide);
    picture.addEventListener("focusout", hide);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  // Focus brings a mark into view, which scrolls: its tip comes along.
  const follow = () => {
    const focused = document.activeElement?.closest<SVGElement>(".has-marks [data-row]");
    if (focused && !tip.hidden) tell(tip, focused);
    else hide();
  };
  addEventListener("scroll", follow, { capture: true, passive: true });
}

// take makes the title the mark's name, so that the browser shows no second
// box beside ours.
function take(mark: SVGElement): void {
  const title = mark.querySelector("title");
  if (!title) return;
  mark.dataset.tip = title.textContent ?? "";
  title.remove();
  if (!mark.matches("a[href]")) {
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", mark.dataset.tip);
    return;
  }
  // What is read aloud begins with what is seen: who speaks to the page says that.
  const seen = Array.from(mark.querySelectorAll("text"), (text) => (text.textContent += " ").trim()).join(" ");
  mark.setAttribute("aria-label", seen ? seen + " – " + mark.dataset.tip : mark.dataset.tip);
}

function tell(tip: HTMLElement, mark: SVGElement): void {
  const text = mark.dataset.tip ?? "";
  const cut = text.indexOf(": ");
  tip.replaceChildren();
  const head = tip.appendChild(document.createElement("strong"));
  head.textContent = cut < 0 ? text : text.slice(0, cut);
  if (cut >= 0) tip.append(text.slice(cut + 2));
  tip.hidden = false;
  const at = mark.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(at.left + at.width / 2 - width / 2, 8), document.documentElement.clientWidth - width - 8);
  const above = at.top - height - 8;
  tip.style.left = left + scrollX + "px";
  tip.style.top = (above > 0 ? above : at.bottom + 8) + scrollY + "px";
}
