import { isFlat } from '../../values/index.js';

/** The characters of a text; a text without surrogates is indexed as it is. */
export function charactersOf(text: string): string | readonly string[] {
  return isFlat(text) ? text : Array.from(text);
}
