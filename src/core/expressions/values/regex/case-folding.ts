/** Lower-case letters that match each other although neither is the other's capital. */
const EQUIVALENT: readonly (readonly number[])[] = [
  [0x69, 0x131],
  [0x73, 0x17f],
  [0xb5, 0x3bc],
  [0x345, 0x3b9, 0x1fbe],
  [0x390, 0x1fd3],
  [0x3b0, 0x1fe3],
  [0x3b2, 0x3d0],
  [0x3b5, 0x3f5],
  [0x3b8, 0x3d1],
  [0x3ba, 0x3f0],
  [0x3c0, 0x3d6],
  [0x3c1, 0x3f1],
  [0x3c2, 0x3c3],
  [0x3c6, 0x3d5],
  [0x432, 0x1c80],
  [0x434, 0x1c81],
  [0x43e, 0x1c82],
  [0x441, 0x1c83],
  [0x442, 0x1c84, 0x1c85],
  [0x44a, 0x1c86],
  [0x463, 0x1c87],
  [0x1c88, 0xa64b],
  [0x1e61, 0x1e9b],
  [0xfb05, 0xfb06],
];
/** Second capitals, which a letter's own `toUpperCase` does not lead to. */
const OTHER_CAPITALS: ReadonlyMap<number, number> = new Map([
  [0x6b, 0x212a],
  [0xe5, 0x212b],
  [0x3c9, 0x2126],
  [0xdf, 0x1e9e],
  [0x3b8, 0x3f4],
  [0x69, 0x130],
]);
const CLASSES = new Map(EQUIVALENT.flatMap((members) => members.map((member) => [member, members] as const)));

/** One code point for all that match each other when case is ignored. */
export function foldCase(code: number): number {
  const lower = lowerCase(code);
  return CLASSES.get(lower)?.[0] ?? lower;
}

/** {@link foldCase} for patterns that know the cases of ASCII letters only. */
export function foldAsciiCase(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Everything that matches a code point when case is ignored, itself included. */
export function caseVariants(code: number): readonly number[] {
  const lower = lowerCase(code);
  const variants = new Set([code]);
  for (const letter of CLASSES.get(lower) ?? [lower]) {
    variants.add(letter);
    variants.add(single(String.fromCodePoint(letter).toUpperCase()) ?? letter);
    variants.add(OTHER_CAPITALS.get(letter) ?? letter);
  }
  return [...variants];
}

/** {@link caseVariants} among ASCII letters only. */
export function asciiCaseVariants(code: number): readonly number[] {
  const lower = foldAsciiCase(code);
  return lower >= 97 && lower <= 122 ? [lower, lower - 32] : [code];
}

function lowerCase(code: number): number {
  if (code < 128) return foldAsciiCase(code);
  if (code === 0x130) return 0x69;
  return single(String.fromCodePoint(code).toLowerCase()) ?? code;
}

function single(text: string): number | undefined {
  const code = text.codePointAt(0) ?? 0;
  return text.length === (code > 0xffff ? 2 : 1) ? code : undefined;
}
