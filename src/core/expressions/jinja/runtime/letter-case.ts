/** Digraphs whose title case is neither the upper nor the lower one. */
const TITLE_DIGRAPHS: Readonly<Record<string, string>> = {
  ǆ: 'ǅ',
  Ǆ: 'ǅ',
  ǉ: 'ǈ',
  Ǉ: 'ǈ',
  ǌ: 'ǋ',
  Ǌ: 'ǋ',
  ǳ: 'ǲ',
  Ǳ: 'ǲ',
  ǅ: 'ǅ',
  ǈ: 'ǈ',
  ǋ: 'ǋ',
  ǲ: 'ǲ',
};
const CASED = /[\p{Lowercase}\p{Uppercase}\p{Lt}]/u;

/** The title case of one character: `ß` becomes `Ss`. */
export function titleCharacter(char: string): string {
  const digraph = TITLE_DIGRAPHS[char];
  if (digraph !== undefined) return digraph;
  const upper = Array.from(char.toUpperCase());
  return upper.length < 2 ? upper.join('') : (upper[0] ?? '') + upper.slice(1).join('').toLowerCase();
}

/** First character in title case, the rest lower. */
export function capitalize(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return text === '' ? '' : titleCharacter(first) + text.slice(first.length).toLowerCase();
}

/** Every run of letters capitalised, as `str.title`. */
export function titleWords(text: string): string {
  let result = '';
  let isInWord = false;
  for (const char of text) {
    result += isInWord ? char.toLowerCase() : titleCharacter(char);
    isInWord = CASED.test(char);
  }
  return result;
}

/** Upper case becomes lower and the other way round. */
export function swapCase(text: string): string {
  let result = '';
  for (const char of text) result += /\p{Uppercase}/u.test(char) ? char.toLowerCase() : char.toUpperCase();
  return result;
}

/** Lower case for caseless comparison: `ß` becomes `ss`. */
export function foldCase(text: string): string {
  // Upper-casing first unfolds ligatures and sharp s; the rest is what lower-casing does.
  return Array.from(text, (char) =>
    /\p{Changes_When_Casefolded}/u.test(char) ? char.toUpperCase().toLowerCase() : char,
  ).join('');
}

/** Whether there is a cased character and all of them are lower case. */
export function isLowerCase(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

export function isUpperCase(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

/** Whether upper case only starts words and lower case only continues them. */
export function isTitleCase(text: string): boolean {
  let isInWord = false;
  let hasCased = false;
  for (const char of text) {
    const startsWord = /[\p{Uppercase}\p{Lt}]/u.test(char);
    if (startsWord ? isInWord : /\p{Lowercase}/u.test(char) && !isInWord) return false;
    isInWord = startsWord || /\p{Lowercase}/u.test(char);
    hasCased ||= isInWord;
  }
  return hasCased;
}
