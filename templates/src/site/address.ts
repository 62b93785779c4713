// What a reader has chosen stands behind #? in the address, so that a link
// shows the same again. A change of it loads nothing, from a disk either.

export const chosen = (): URLSearchParams => new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");

export function choose(choice: URLSearchParams): void {
  const text = choice.toString();
  const address = new URL(location.href); // whole: a path that begins with two slashes would be taken for a host
  address.hash = text ? "?" + text : "";
  history.replaceState(null, "", address.href);
}

/** target is what a link with this hash leads to; nothing where it is no text
 * ("#%"), as in an address that was cut off. */
export function target(hash: string): HTMLElement | null {
  if (hash.length < 2 || hash.startsWith("#?")) return null;
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

/** onChosen runs when another choice is put into the address by hand or by a link. */
export function onChosen(run: () => void): void {
  addEventListener("hashchange", () => {
    if (location.hash === "" || location.hash.startsWith("#?")) run();
  });
}
