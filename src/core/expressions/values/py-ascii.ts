import { pyRepr } from './py-repr.js';

/** Python's `ascii()`: a `repr` in which everything beyond ASCII is escaped. */
export function asciiRepr(value: unknown): string {
  return pyRepr(value).replace(/[^\u0000-\u007f]/gu, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16);
    if (hex.length <= 2) return `\\x${hex}`;
    return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
}
