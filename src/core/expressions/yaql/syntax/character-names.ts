/** The characters of `\N{NAME}` escapes that YAQL texts may use, by name. */
const NAMES: ReadonlyMap<string, string> = new Map([['SNOWMAN', '\u2603']]);

/** The character of a Unicode name in any case, if it is known here. */
export function characterNamed(name: string): string | undefined {
  return NAMES.get(name.toUpperCase());
}
