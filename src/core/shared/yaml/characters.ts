const NUL = 0;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const NEXT_LINE = 0x85;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/** Ends a line in YAML 1.1: CR, LF, NEL, LS, PS. */
export function isBreak(code: number): boolean {
  return code === LF || code === CR || code === NEXT_LINE || code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR;
}

/** A line break or the end of the text (which the source ends with a NUL). */
export function isBreakOrEnd(code: number): boolean {
  return code === NUL || isBreak(code);
}

/** Space, tab, line break or the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === TAB || isBreakOrEnd(code);
}

/** A letter, digit, `-` or `_`: what names of directives and tag handles consist of. */
export function isWordCharacter(character: string): boolean {
  return /^[0-9A-Za-z_-]$/.test(character);
}
