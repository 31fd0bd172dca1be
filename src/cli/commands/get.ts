import { isDict, parseJson, stringifyJson } from '../../core/shared/index.js';
import { COLLECTIONS, type CollectionName } from '../client/collections.js';
import { pathOf, ServiceClient } from '../client/service-client.js';
import { EXIT, UsageError } from '../outcome.js';
import { print } from '../output.js';

export interface GetOptions {
  readonly url: string;
  readonly namespace?: string;
  readonly version?: number;
  readonly json?: boolean;
}

/** `tramontane get`: all that the API tells about one thing; texts and data of several lines come last. */
export async function get(name: CollectionName, id: string, options: GetOptions): Promise<number> {
  const client = new ServiceClient(options.url);
  const { version, namespace } = options;
  if (version !== undefined && name !== 'workflows')
    throw new UsageError('--version: only workflows keep their versions');
  const parts = version === undefined ? [id] : [id, 'versions', String(version)];
  const path = pathOf(COLLECTIONS[name].path, ...parts);
  const found = await client.get<Readonly<Record<string, unknown>>>(path, { namespace });
  if (options.json === true) print(JSON.stringify(found, null, 2));
  else print(shown(found));
  return EXIT.success;
}

function shown(found: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(found).flatMap(([key, value]) => {
    const text = textOf(value);
    return text === '' ? [] : [{ key, text }];
  });
  const short = entries.filter(({ text }) => !text.includes('\n'));
  const long = entries.filter(({ text }) => text.includes('\n'));
  const width = Math.max(...short.map(({ key }) => key.length));
  return [
    ...short.map(({ key, text }) => `${key.padEnd(width)}  ${text}`),
    ...long.map(({ key, text }) => `${key}:\n${text.replace(/^(?=.)/gm, '  ')}`),
  ].join('\n');
}

/** Data comes as JSON text and is shown over several lines when there is anything inside it. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return Array.isArray(value) ? value.join(', ') : stringifyJson(value);
  return /^[[{]/.test(value) ? dataText(value) : value.trimEnd();
}

function dataText(text: string): string {
  try {
    const data = parseJson(text, { allowNaN: true });
    return Array.isArray(data) || isDict(data) ? stringifyJson(data, { indent: 2 }) : text;
  } catch {
    return text;
  }
}
