import { numberOf, typeName } from '@tramontane/plugin-sdk';

/**
 * Seconds as the original takes them: fractions are cut off, text must be a whole number (`"2"`) or counts as 0, negative
 * values count as 0, booleans as 0 and 1.
 */
export function wholeSeconds(value: unknown): number {
  const number =
    typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? fromText(value) : numberOf(value);
  return number === undefined || !Number.isFinite(number) ? 0 : Math.max(0, Math.trunc(number));
}

/** Why an action can't be built with this value for its seconds, or undefined: only numbers, booleans and text will do. */
export function integerProblem(name: string, value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || numberOf(value) !== undefined) return undefined;
  return `${name} must be a number of seconds, got ${typeName(value)}`;
}

function fromText(text: string): number {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : 0;
}
