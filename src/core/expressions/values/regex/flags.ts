/** Flags of a pattern with the numbers Python gives them. */
export const IGNORECASE = 2;
export const LOCALE = 4;
export const MULTILINE = 8;
export const DOTALL = 16;
export const UNICODE = 32;
export const VERBOSE = 64;
export const ASCII = 256;

export const FLAG_LETTERS: ReadonlyMap<string, number> = new Map([
  ['i', IGNORECASE],
  ['L', LOCALE],
  ['m', MULTILINE],
  ['s', DOTALL],
  ['x', VERBOSE],
  ['a', ASCII],
  ['u', UNICODE],
]);

const NAMES: readonly (readonly [number, string])[] = [
  [ASCII, 're.ASCII'],
  [IGNORECASE, 're.IGNORECASE'],
  [MULTILINE, 're.MULTILINE'],
  [DOTALL, 're.DOTALL'],
  [VERBOSE, 're.VERBOSE'],
];

/** E.g. `re.IGNORECASE|re.DOTALL`; the default flag is not shown. */
export function flagNames(flags: number): string {
  return NAMES.filter(([flag]) => (flags & flag) !== 0)
    .map(([, name]) => name)
    .join('|');
}
