import { mergeCookies, setCookies } from './cookies.js';
import type { HttpRequest } from './request.js';
import type { RawResponse } from './transport.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Headers that are meant for one server and go to no other. */
const PRIVATE = ['authorization', 'cookie', 'proxy-authorization', 'idempotency-key', 'host'];

/** The request that an answer redirects to, or undefined when it is no redirect; which method is kept is as in browsers. */
export function redirectOf(request: HttpRequest, response: RawResponse): HttpRequest | undefined {
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (!REDIRECTS.has(response.status) || location === undefined) return undefined;
  const from = new URL(request.url);
  const to = resolveLocation(location, from);
  if (to === undefined) return undefined;
  const headers = new Map(request.headers);
  headers.delete('host');
  if (isOtherServer(from, to)) for (const name of PRIVATE) headers.delete(name);
  else addCookies(headers, response);
  if (keepsMethod(request.method, response.status)) return { ...request, url: to.href, headers };
  for (const name of ['content-type', 'content-encoding', 'idempotency-key']) headers.delete(name);
  return { method: 'GET', url: to.href, headers, body: undefined };
}

function resolveLocation(location: string, from: URL): URL | undefined {
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  if (to.hash === '') to.hash = from.hash;
  to.username = '';
  to.password = '';
  return to;
}

/** The step from http to https on one host is no change of server. */
function isOtherServer(from: URL, to: URL): boolean {
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  return from.hostname !== to.hostname || (from.origin !== to.origin && !isUpgrade);
}

function keepsMethod(method: string, status: number): boolean {
  if (status === 307 || status === 308 || method === 'HEAD') return true;
  return status === 301 && method !== 'POST';
}

function addCookies(headers: Map<string, string>, response: RawResponse): void {
  const cookie = mergeCookies(headers.get('cookie'), setCookies(response));
  if (cookie !== undefined) headers.set('cookie', cookie);
}
