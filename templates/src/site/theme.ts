// Three themes: the system's choice, light, dark. The choice is kept in
// localStorage; where that is blocked it lasts as long as the page.

import { say } from "./phrases";

type Theme = "auto" | "light" | "dark";

const order: Theme[] = ["auto", "light", "dark"];
const key = "tongket-theme";

function kept(): Theme {
  try {
    const value = localStorage.getItem(key) as Theme;
    return order.includes(value) ? value : "auto";
  } catch {
    return "auto";
  }
}

function keep(value: Theme): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Blocked by the browser: nothing to do.
  }
}

let current: Theme = "auto";

function apply(value: Theme): void {
  current = value;
  const root = document.documentElement;
  if (value === "auto") delete root.dataset.theme;
  else root.dataset.theme = value;
}

/** theme puts the kept choice in force. It needs no body. */
export function theme(): void {
  apply(kept());
}

/** themeButton lets the reader choose. Others hear of it by "tongket:theme". */
export function themeButton(): void {
  const button = document.getElementById("theme");
  const name = button?.querySelector(".theme-name");
  if (!button || !name) return;
  const tell = () => document.dispatchEvent(new CustomEvent("tongket:theme", { detail: current }));
  const show = () => {
    name.textContent = say("theme." + current);
    button.dataset.theme = current;
  };
  button.addEventListener("click", () => {
    apply(order[(order.indexOf(current) + 1) % order.length]);
    keep(current);
    show();
    tell();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  show();
}
