/** frames watches the boxes that scroll sideways when they must. One that has
 * nothing to scroll is no stop for the Tab key, and a table that fits its box
 * lets the header row stick to the window instead of the box. */
export function frames(): void {
  const look = (box: HTMLElement) => {
    const fits = box.scrollWidth <= box.clientWidth + 1;
    box.classList.toggle("fits", fits);
    if (fits) box.removeAttribute("tabindex");
    else box.tabIndex = 0;
    edges(box);
  };
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) look(target.closest<HTMLElement>(".table-frame, .chart-box")!);
  });
  document.querySelectorAll<HTMLElement>(".table-frame, .chart-box").forEach((box) => {
    look(box);
    box.addEventListener("scroll", () => edges(box), { passive: true });
    watch.observe(box);
    const table = box.querySelector("table");
    if (table) watch.observe(table);
  });
}

// edges tells the style sheet on which side a table goes on out of sight.
function edges(box: HTMLElement): void {
  const around = box.parentElement;
  if (!around?.classList.contains("table-scroll")) return;
  const rest = box.scrollWidth - box.clientWidth - box.scrollLeft;
  around.classList.toggle("more-before", box.scrollLeft > 1);
  around.classList.toggle("more-after", rest > 1);
}
