import { InputError, parseJson, stringifyJson } from '../../core/shared/index.js';

const UUID = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:Z|\+00:?00)?$/;
const MAX_INTEGER = 2_147_483_647;
const TRUE_WORDS: ReadonlySet<string> = new Set(['1', 'true', 't', 'yes', 'y', 'on']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['', '0', 'false', 'f', 'no', 'n', 'off']);

/** Whether a text is a UUID, with or without dashes. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** @throws {InputError} unless the text is a UUID */
export function checkUuid(field: string, text: string): string {
  if (isUuid(text)) return text;
  throw invalid(field, text, `unable to convert to uuid. Error: Expected a uuid but received ${text}.`);
}

/** A switch of the query string: `true`, `1`, `yes`…, `false`, `0`, `no`… or empty. */
export function readFlag(field: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (FALSE_WORDS.has(word)) return false;
  if (TRUE_WORDS.has(word)) return true;
  throw invalid(field, text, 'Expected true or false.');
}

export function readInteger(field: string, text: string): number {
  const trimmed = text.trim();
  if (/^[-+]?\d{1,15}$/.test(trimmed)) return Number(trimmed);
  throw invalid(field, text, 'Expected a whole number.');
}

/** A whole number that a column can hold; undefined for nothing. */
export function readWhole(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = readInteger(name, text);
  if (value >= least && value <= MAX_INTEGER) return value;
  throw new InputError(`The parameter ${name} must be a whole number from ${least}: ${name}=${text}`);
}

/** Comma-separated names: trimmed, lower case, empty ones dropped. */
export function readNames(text: string): readonly string[] {
  return readItems(text).map((item) => item.toLowerCase());
}

/** Comma-separated items: trimmed, empty ones dropped. */
export function readItems(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The second that a date names, e.g. `2026-01-31 10:00:00`, and whether the text says more than that. */
export function readDate(field: string, text: string): { readonly second: string; readonly hasFraction: boolean } {
  const parts = DATE.exec(text.trim());
  const second = parts && `${parts[1] ?? ''} ${parts[2] ?? '00'}:${parts[3] ?? '00'}:${parts[4] ?? '00'}`;
  if (second == null || !isRealDate(second)) throw invalid(field, text, "Expected a date like '2026-01-31 10:00:00'.");
  return { second, hasFraction: /\.\d*[1-9]/.test(text) };
}

/** The form in which a JSON value is stored, so that equal values are equal texts. */
export function readStoredJson(field: string, text: string): string {
  try {
    return stringifyJson(parseJson(text, { allowNaN: true }), { style: 'python' });
  } catch (cause) {
    throw invalid(field, text, 'Expected JSON.', cause);
  }
}

/** What every refused parameter or attribute answers. */
export function invalid(field: string, value: string, why: string, cause?: unknown): InputError {
  const shown = value.length > 200 ? `${value.slice(0, 200)}…` : value;
  return new InputError(`Invalid input for field/attribute ${field}. Value: '${shown}'. ${why}`, { cause });
}

function isRealDate(second: string): boolean {
  const time = Date.parse(`${second.replace(' ', 'T')}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(second.replace(' ', 'T'));
}
