import {
  isDict,
  parseYamlDocument,
  YamlError,
  YamlTimestamp,
  type Json,
  type DuplicateKey,
  type Position,
} from '../shared/index.js';
import { DefinitionError, DslParseError, InvalidModelError, type DefinitionPath } from './errors.js';
import { namedMembers } from './raw.js';

/** A definition's text as data, with places for what is wrong in it. */
export interface Source {
  readonly text: string;
  /** The text by its lines. */
  readonly lines: readonly string[];
  readonly data: Json;
  positionOf(path: DefinitionPath): Position;
  valuePositionOf(path: DefinitionPath): Position;
  /** Keys that come again in the same mapping; the last one counts. */
  duplicateKeys(): readonly DuplicateKey[];
}

/**
 * Reads a definition's text and works on it; errors from the work get line and column.
 * @throws {DslParseError} `Definition could not be parsed: …` when the text is no YAML
 */
export function withSource<T>(text: string, work: (source: Source) => T): T {
  const document = parseDocument(text);
  try {
    return work({
      text,
      lines: text.split(/\r?\n/),
      data: plainData(document.value),
      positionOf: (path) => document.positionOf(path),
      valuePositionOf: (path) => document.valuePositionOf(path),
      duplicateKeys: () => document.duplicateKeys(),
    });
  } catch (error) {
    if (error instanceof DefinitionError) error.placeAt(document.positionOf(error.path));
    throw error;
  }
}

function parseDocument(text: string): ReturnType<typeof parseYamlDocument<YamlTimestamp>> {
  try {
    return parseYamlDocument<YamlTimestamp>(text, (timestamp) => timestamp);
  } catch (cause) {
    if (!(cause instanceof YamlError)) throw cause;
    const error = new DslParseError(`Definition could not be parsed: ${cause.message}\n`, [], { cause });
    error.placeAt(cause);
    throw error;
  }
}

/** What counts as false in Python (an empty text, `[]`, 0) is taken for an empty definition, as in Mistral. */
function plainData(value: Json | YamlTimestamp): Json {
  refuseUnstorable(value, []);
  const data = value as Json;
  const isEmpty =
    data === null || data === false || data === '' || data === 0 || (Array.isArray(data) && data.length === 0);
  return isEmpty ? {} : data;
}

/** Dates, infinity and NaN have no JSON form; `path` is that of the value and changes on the way. */
function refuseUnstorable(value: Json | YamlTimestamp, path: (string | number)[]): void {
  if (value instanceof YamlTimestamp) {
    throw new InvalidModelError(
      `Invalid DSL: ${value.toText()} is read as a date, put it in quotes to keep it as text`,
      path,
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InvalidModelError(
      `Invalid DSL: ${Number.isNaN(value) ? '.nan' : '.inf'} is no number that JSON can hold`,
      path,
    );
  }
  if (typeof value !== 'object' || value === null) return;
  const members = Array.isArray(value) ? value.entries() : isDict(value) ? namedMembers(value) : [];
  for (const [key, member] of members as Iterable<readonly [string | number, Json]>) {
    path.push(key);
    refuseUnstorable(member, path);
    path.pop();
  }
}
