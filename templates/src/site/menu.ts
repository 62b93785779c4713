/** menu folds the menu behind a button; style sheets do so on phones only. */
export function menu(): void {
  const button = document.getElementById("menu-button");
  const list = document.getElementById("menu");
  if (!button || !list) return;
  const set = (open: boolean) => {
    list.classList.toggle("is-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => set(!list.classList.contains("is-open")));
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.classList.contains("is-open")) return;
    set(false);
    button.focus();
  });
}
