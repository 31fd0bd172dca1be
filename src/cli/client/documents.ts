import {
  dictEntries,
  dictGet,
  dumpYamlOrdered,
  isDict,
  loadYaml,
  stringifyJson,
  YamlError,
} from '../../core/shared/index.js';
import type { Dict, Json } from '../../core/shared/index.js';
import { UsageError } from '../outcome.js';

/** One thing in a document that has a name of its own on the server. */
export interface Member {
  readonly name: string;
  /** A document with this member alone. */
  readonly text: string;
}

/** What a file is for, by its content. */
export type Document =
  | { readonly kind: 'workflows' | 'actions'; readonly text: string; readonly members: readonly Member[] }
  | { readonly kind: 'workbook'; readonly text: string; readonly name: string }
  | { readonly kind: 'environment'; readonly name: string; readonly values: Dict };

/**
 * Reads a definition only so far as to know where it belongs; the server checks the rest.
 * @throws {UsageError} for what is no definition
 */
export function readDocument(text: string, file: string): Document {
  const data = loaded(text, file);
  if (!isDict(data)) throw new UsageError(`${file}: expected workflows, a workbook, actions or an environment`);
  const name = dictGet(data, 'name');
  const isNamed = typeof name === 'string';
  if (isNamed && isDict(dictGet(data, 'variables'))) return { kind: 'environment', name, values: data };
  if (isNamed) return { kind: 'workbook', name, text };
  const members = dictEntries(data).filter(([key]) => key !== 'version');
  const isAction = members.some(([, body]) => isDict(body) && dictGet(body, 'base') !== undefined);
  const version = dictGet(data, 'version') ?? '2.0';
  return {
    kind: isAction ? 'actions' : 'workflows',
    text,
    members: members.map(([key, body]) => {
      const name = typeof key === 'string' ? key : stringifyJson(key);
      return { name, text: members.length === 1 ? text : dumpYamlOrdered({ version, [name]: body }) };
    }),
  };
}

function loaded(text: string, file: string): Json {
  try {
    return loadYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new UsageError(`${file}:${error.line}:${error.column}: ${error.message}`, { cause: error });
  }
}
