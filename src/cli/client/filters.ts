import { UsageError } from '../outcome.js';

/** Filters of the API from the words of `--where`, e.g. `{ name: 'has:db' }`. @throws {UsageError} */
export function readFilters(where: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(where.map(filterOf));
}

function filterOf(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--where: got "${text}", expected FIELD=VALUE, e.g. tags=nightly or name=has:db`);
  return [text.slice(0, at), text.slice(at + 1)];
}
