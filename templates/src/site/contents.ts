/** contents marks the section being read in the local table of contents. */
export function contents(): void {
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>(".contents a"));
  const marks = links
    .map((link) => ({ link, target: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((mark): mark is { link: HTMLAnchorElement; target: HTMLElement } => mark.target !== null);
  if (marks.length === 0) return;
  let asked = false;
  const mark = () => {
    asked = false;
    const line = innerHeight * 0.3;
    let current = marks[0];
    for (const m of marks) if (m.target.getBoundingClientRect().top <= line) current = m;
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) current = marks[marks.length - 1];
    links.forEach((link) => link.removeAttribute("aria-current"));
    current.link.setAttribute("aria-current", "location");
  };
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(mark);
  };
  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask);
  mark();
}
