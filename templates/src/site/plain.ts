/** plain is how text is compared: "Định Quán" and "dinh quan" are alike. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/** wordsOf are the words of what was typed, all of which must be found. */
export const wordsOf = (text: string): string[] => plain(text).split(/\s+/).filter(Boolean);
