const SURROGATE = /[\ud800-\udfff]/;

/** Number of characters as Python counts them. */
export function textLength(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let length = 0;
  for (const _char of text) length++;
  return length;
}

/** The characters of a text; a text without surrogates is indexed as it is. */
export function charactersOf(text: string): string | readonly string[] {
  return SURROGATE.test(text) ? Array.from(text) : text;
}

/** Characters `start` up to `stop` (both within the text). */
export function subtext(text: string, start: number, stop: number): string {
  if (start >= stop) return '';
  return SURROGATE.test(text) ? Array.from(text).slice(start, stop).join('') : text.slice(start, stop);
}

/** The position in characters of a position in UTF-16 units. */
export function characterIndex(text: string, unitIndex: number): number {
  return unitIndex < 0 ? -1 : textLength(text.slice(0, unitIndex));
}
