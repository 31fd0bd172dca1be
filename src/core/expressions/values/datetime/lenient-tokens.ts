import { isSpace } from '../characters.js';
import { digitValue } from '../number-text.js';

const LETTER = /^\p{L}$/u;
const DIGIT = /^\d$/;

/**
 * The words, numbers and marks of a date text: `31Jan 2020 5.5` is `31`, `Jan`, ` `, `2020`, ` `, `5.5`. Dots belong to a
 * number with one of them, and separate otherwise.
 */
export function dateTokens(text: string): string[] {
  const characters = Array.from(text, plainCharacter);
  const tokens: string[] = [];
  let at = 0;
  while (at < characters.length) {
    const end = tokenEnd(characters, at);
    tokens.push(...splitToken(characters.slice(at, end).join('')));
    at = end;
  }
  return tokens;
}

/** A space for any white space, an ASCII digit for any digit. */
function plainCharacter(character: string): string {
  if (isSpace(character.codePointAt(0) ?? 0)) return ' ';
  const digit = digitValue(character);
  return digit < 0 ? character : String(digit);
}

function tokenEnd(characters: readonly string[], start: number): number {
  const first = characters[start] ?? '';
  if (!LETTER.test(first) && !DIGIT.test(first)) return start + 1;
  let isNumber = DIGIT.test(first);
  let isDotted = false;
  let at = start + 1;
  for (; at < characters.length; at++) {
    const character = characters[at] ?? '';
    const isAfterDot = characters[at - 1] === '.';
    if (isNumber ? DIGIT.test(character) : LETTER.test(character)) continue;
    if (character === '.' || (character === ',' && isNumber && !isDotted && at - start >= 2)) isDotted = true;
    else if (isDotted && isAfterDot && (DIGIT.test(character) || LETTER.test(character)))
      isNumber = DIGIT.test(character);
    else break;
  }
  return at;
}

function splitToken(token: string): string[] {
  if (!/^[\p{L}\d]/u.test(token) || !/[.,]/.test(token)) return [token];
  const isDecimal = /^\d+[.,]\d+$/.test(token);
  if (!isDecimal) return token.split(/([.,])/).filter((part) => part !== '');
  return [token.replace(',', '.')];
}
