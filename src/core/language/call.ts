import { JsonSyntaxError, parseJson, type Json, type JsonObject } from '../shared/index.js';
import { readCallName } from './call-name.js';
import { CallValues } from './call-values.js';
import { InvalidModelError, type DefinitionPath } from './errors.js';
import type { CallSpec } from './spec.js';

const NAME_CHARACTER = /^[-\p{L}\p{N}_]$/u;

/** One parameter of a one-line call and where it stands in the text. */
export interface CallParameter {
  readonly name: string;
  readonly value: Json;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the one-line syntax of `action`, `workflow`, `base`, `retry` and on-clause targets, e.g.
 * `std.echo output="x" n=3` is name `std.echo` and params `{output: 'x', n: 3}`.
 * @throws {InvalidModelError} when the text does not begin with a name or an expression
 */
export function parseCall(text: string, path: DefinitionPath = []): CallSpec {
  if (!text.includes(' ')) return { name: text, params: {} };
  const read = readCallName(text);
  if (read === undefined) throw new InvalidModelError(`Invalid action/workflow task property: ${text}`, path);
  return { name: read.name, params: parseParameters(text) };
}

/** The parameters of a text with a space in it; of equal names the last wins. */
export function parseParameters(text: string): JsonObject {
  return Object.fromEntries(findParameters(text).map(({ name, value }) => [name, value]));
}

/**
 * All parameters in order, looked for in the whole text but the expressions of its name: `key=value` with a value in quotes,
 * an expression, a list, a word of JSON or digits. Anything else is not seen.
 */
export function findParameters(text: string): readonly CallParameter[] {
  const values = new CallValues(text);
  const found: CallParameter[] = [];
  let from = readCallName(text)?.expressionsEnd ?? 0;
  for (let equals = text.indexOf('=', from); equals >= 0; equals = text.indexOf('=', Math.max(from, equals + 1))) {
    const start = nameStart(text, from, equals);
    const end = start < equals ? values.endOf(equals + 1) : undefined;
    if (end === undefined) continue;
    const value = parameterValue(text.slice(equals + 1, end).trim());
    found.push({ name: text.slice(start, equals), value, start, end });
    from = end;
  }
  return found;
}

/** Where the name that ends at `end` begins, not before `from`. */
function nameStart(text: string, from: number, end: number): number {
  let start = end;
  while (start > from) {
    const isPair = start - 1 > from && isLowSurrogate(text.charCodeAt(start - 1));
    const before = start - (isPair ? 2 : 1);
    if (!NAME_CHARACTER.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Text in quotes stays text; the rest is JSON where it can be read so. */
function parameterValue(text: string): Json {
  if (text.startsWith('"') || text.startsWith("'")) return text.slice(1, -1);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return text;
    throw error;
  }
}
