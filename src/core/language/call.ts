import { JsonSyntaxError, parseJson, type Json, type JsonObject } from '../shared/index.js';
import { InvalidModelError, type DefinitionPath } from './errors.js';
import type { CallSpec } from './spec.js';

/** A name, or one expression that gives it, with what is written right behind it; Jinja takes all up to the last `}}`. */
const COMMAND = /^(?:[\p{L}\p{N}_.]+[^=(\s"]*|<%[^\n]*?%>[^=(\s"]*|\{\{[^\n]*\}\}|\{%[^\n]*%\})/u;

/** `key=value` with a value in quotes, an expression, a list, a word of JSON or digits; anything else is not seen. */
const PARAMETER =
  /([-\p{L}\p{N}_]+)=("[^"]*"\s*|'[^']*'\s*|\{\{[^\n]*?\}\}|<%[^\n]*?%>|\[[^\n]*\]\s*|true|false|null|\d+)/gu;

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
  const name = COMMAND.exec(text)?.[0];
  if (name === undefined) throw new InvalidModelError(`Invalid action/workflow task property: ${text}`, path);
  return { name, params: parseParameters(text) };
}

/** The parameters of a text with a space in it; of equal names the last wins. */
export function parseParameters(text: string): JsonObject {
  return Object.fromEntries(findParameters(text).map(({ name, value }) => [name, value]));
}

/** All parameters in order, looked for in the whole text. */
export function findParameters(text: string): readonly CallParameter[] {
  return [...text.matchAll(PARAMETER)].map((match) => ({
    name: match[1] ?? '',
    value: parameterValue((match[2] ?? '').trim()),
    start: match.index,
    end: match.index + match[0].length,
  }));
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
