import { type JsonCodec, numberOf, typeName } from '@tramontane/plugin-sdk';
import type { HttpInput } from './http-input.js';
import { entriesOf, isDict, textOf } from './input-values.js';

/** One request as it goes over the wire. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
}

/** Headers of HTTP's own framing; the client sets them itself. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'expect']);

/** Headers that the service adds: those that an input may replace, and its own. */
export interface AddedHeaders {
  readonly defaults: Readonly<Record<string, string>>;
  readonly own: Readonly<Record<string, string>>;
}

/**
 * The request that an input describes; header names are in small letters.
 * @throws {TypeError} for a value that can't be sent
 */
export function requestOf(input: HttpInput, json: JsonCodec, added: AddedHeaders): HttpRequest {
  const defaults = { 'User-Agent': 'tramontane', Accept: '*/*', 'Accept-Encoding': 'gzip, deflate', ...added.defaults };
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(defaults)) headers.set(name.toLowerCase(), value);
  const body = bodyOf(input, json, headers);
  const cookies = entriesOf(input.cookies).map(([name, value]) => `${name}=${textOf(value, json)}`);
  if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
  const { url, credentials } = withoutCredentials(urlOf(input, json));
  for (const [name, value] of entriesOf(input.headers)) setHeader(headers, name, value, json);
  const authorization = basicAuth(input.auth) ?? credentials;
  if (authorization !== undefined) headers.set('authorization', authorization);
  for (const [name, value] of Object.entries(added.own)) headers.set(name.toLowerCase(), value);
  return { method: methodOf(input.method), url, headers, body };
}

/** Seconds to wait; 0: for ever. */
export interface Timeouts {
  /** For one connection. */
  readonly connectSeconds: number;
  /** For all together: connections, redirects, answers and the last byte of the body. */
  readonly wholeSeconds: number;
}

/**
 * Timeouts from the input, one number or a list of two as in Python's requests (for a connection, for everything), or the
 * setting. @throws {TypeError} when it is neither
 */
export function timeoutsOf(timeout: unknown, fallback: number): Timeouts {
  if (timeout === null || timeout === undefined) return { connectSeconds: 0, wholeSeconds: fallback };
  if (!Array.isArray(timeout)) return { connectSeconds: 0, wholeSeconds: secondsOf(timeout) };
  const [connect, whole, ...others] = timeout.map(secondsOf);
  if (connect === undefined || whole === undefined || others.length > 0)
    throw new TypeError('timeout must be a number of seconds or a list of two, for the connection and for the answer');
  return { connectSeconds: connect, wholeSeconds: whole };
}

function secondsOf(timeout: unknown): number {
  const seconds = typeof timeout === 'string' ? Number(timeout) : numberOf(timeout);
  if (seconds === undefined || !(seconds >= 0))
    throw new TypeError(`timeout must be a number of seconds, got ${typeName(timeout)}`);
  return seconds;
}

function methodOf(method: unknown): string {
  if (typeof method !== 'string') throw new TypeError(`method must be a text, got ${typeName(method)}`);
  return method.toUpperCase();
}

function urlOf({ url, params }: HttpInput, json: JsonCodec): string {
  const text = typeof url === 'string' ? url.trim() : '';
  const query = typeof params === 'string' ? params : queryOf(params, json);
  if (query === '') return text;
  const [beforeHash = '', ...hash] = text.split('#');
  const joint = beforeHash.includes('?') ? (/[?&]$/.test(beforeHash) ? '' : '&') : '?';
  return [`${beforeHash}${joint}${query}`, ...hash].join('#');
}

function queryOf(params: unknown, json: JsonCodec): string {
  const query = new URLSearchParams();
  for (const [name, value] of entriesOf(params)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const item of values) if (item !== null) query.append(name, textOf(item, json));
  }
  return query.toString();
}

function bodyOf({ body, json: value }: HttpInput, json: JsonCodec, headers: Map<string, string>): string | undefined {
  if (value !== null && value !== undefined && isEmpty(body)) {
    headers.set('content-type', 'application/json');
    return json.stringify(value);
  }
  if (body === null || body === undefined) return undefined;
  return isDict(body) || Array.isArray(body) ? json.stringify(body) : textOf(body, json);
}

/** Whether a parameter counts as not given, as in the original: null, empty text, 0, false, an empty list or dict. */
export function isEmpty(value: unknown): boolean {
  const number = numberOf(value);
  if (number !== undefined) return number === 0;
  if (Array.isArray(value)) return value.length === 0;
  return isDict(value) ? entriesOf(value).length === 0 : !value;
}

function setHeader(headers: Map<string, string>, name: string, value: unknown, json: JsonCodec): void {
  const key = name.toLowerCase();
  if (value === null) headers.delete(key);
  else if (!FRAMING.has(key)) headers.set(key, textOf(value, json));
}

/** Only the first colon divides, since passwords may hold some too. */
function basicAuth(auth: unknown): string | undefined {
  if (isEmpty(auth)) return undefined;
  const colon = typeof auth === 'string' ? auth.indexOf(':') : -1;
  if (typeof auth !== 'string' || colon < 0) throw new TypeError('auth must be a text like user:password');
  return `Basic ${Buffer.from(auth).toString('base64')}`;
}

/** Takes `user:password@` out of a URL, so that it shows up neither in logs nor in results. */
function withoutCredentials(text: string): { readonly url: string; readonly credentials: string | undefined } {
  if (!URL.canParse(text)) return { url: text, credentials: undefined };
  const url = new URL(text);
  if (url.username === '' && url.password === '') return { url: text, credentials: undefined };
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: `Basic ${Buffer.from(pair).toString('base64')}` };
}
