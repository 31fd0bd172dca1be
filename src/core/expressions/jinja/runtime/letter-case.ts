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

/** Lower case of one character where it stands: a sigma that ends a word has a form of its own. */
function lowerAt(characters: readonly string[], index: number): string {
  const char = characters[index] ?? '';
  if (char !== 'Σ') return char.toLowerCase();
  const isFinal = CASED.test(characters[index - 1] ?? '') && !CASED.test(characters[index + 1] ?? '');
  return isFinal ? 'ς' : 'σ';
}

/** First character in title case, the rest lower. */
export function capitalize(text: string): string {
  const characters = Array.from(text);
  return characters.map((char, index) => (index === 0 ? titleCharacter(char) : lowerAt(characters, index))).join('');
}

/** Every run of letters capitalised, as `str.title`. */
export function titleWords(text: string): string {
  const characters = Array.from(text);
  return characters
    .map((char, index) => (CASED.test(characters[index - 1] ?? '') ? lowerAt(characters, index) : titleCharacter(char)))
    .join('');
}

/** Upper case becomes lower and the other way round. */
export function swapCase(text: string): string {
  const characters = Array.from(text);
  return characters
    .map((char, index) => (/\p{Uppercase}/u.test(char) ? lowerAt(characters, index) : char.toUpperCase()))
    .join('');
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
