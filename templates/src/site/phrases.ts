// The page's language: what the writer left in #tongket-locale.

interface Locale {
  lang: string;
  ui: Record<string, string>;
}

let read: Locale | undefined;

function locale(): Locale {
  read ??= JSON.parse(document.getElementById("tongket-locale")?.textContent ?? '{"lang":"vi","ui":{}}') as Locale;
  return read;
}

export const language = (): string => locale().lang;

/** say returns a phrase with its {places} filled. */
export function say(key: string, places: Record<string, string | number> = {}): string {
  const phrase = locale().ui[key] ?? key;
  return phrase.replace(/\{(\w+)\}/g, (all, name: string) => String(places[name] ?? all));
}
