import type { JsonCodec } from '@tramontane/plugin-sdk';
import { setCookies } from './cookies.js';
import { headerOf, type RawResponse } from './transport.js';

/** An answer that led to another request. */
export interface Hop {
  readonly url: string;
  readonly status: number;
}

/**
 * The result of the action.
 * @returns e.g. `{ content: { id: 7 }, status: 200, headers: { 'Content-Type': 'application/json' }, url: 'http://…', history: [],
 *   encoding: 'utf-8', reason: 'OK', cookies: {}, elapsed: 0.031 }`; `content` is text when the body is no JSON
 */
export function responseData(
  url: string,
  response: RawResponse,
  history: readonly Hop[],
  json: JsonCodec,
): Readonly<Record<string, unknown>> {
  const encoding = encodingOf(headerOf(response.headers, 'content-type'));
  return {
    content: contentOf(response, encoding, json),
    status: response.status,
    headers: joinedHeaders(response),
    url,
    history,
    encoding,
    reason: response.reason,
    cookies: setCookies(response),
    elapsed: Math.round(response.elapsedSeconds * 1e6) / 1e6,
  };
}

/** Name of the encoding as clients in Python report it: text without a charset is called ISO-8859-1. */
function encodingOf(contentType: string): string | null {
  const charset = /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1];
  if (charset !== undefined) return charset;
  if (/text/i.test(contentType)) return 'ISO-8859-1';
  return /application\/json/i.test(contentType) ? 'utf-8' : null;
}

function contentOf({ body, headers }: RawResponse, encoding: string | null, json: JsonCodec): unknown {
  const isNamed = /charset/i.test(headerOf(headers, 'content-type'));
  const text = isNamed && encoding !== null ? decode(body, encoding) : decode(body, 'utf-8');
  try {
    return json.parse(text);
  } catch {
    return text;
  }
}

/** Every sequence of bytes gives a text: what is not in the named encoding is taken as ISO-8859-1. */
function decode(body: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    return body.toString('latin1');
  }
}

function joinedHeaders({ headers }: RawResponse): Readonly<Record<string, string>> {
  const joined = new Map<string, readonly [string, string]>();
  for (const [name, value] of headers) {
    const known = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), known === undefined ? [name, value] : [known[0], `${known[1]}, ${value}`]);
  }
  return Object.fromEntries(joined.values());
}
