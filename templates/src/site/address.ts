// What a reader has chosen stands behind #? in the address, so that a link
// shows the same again. A change of it loads nothing, from a disk either.

export const chosen = (): URLSearchParams => new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");

export function choose(choice: URLSearchParams): void {
  const text = choice.toString();
  history.replaceState(null, "", location.pathname + location.search + (text ? "#?" + text : ""));
}

/** onChosen runs when another choice is put into the address by hand or by a link. */
export function onChosen(run: () => void): void {
  addEventListener("hashchange", () => {
    if (location.hash === "" || location.hash.startsWith("#?")) run();
  });
}
