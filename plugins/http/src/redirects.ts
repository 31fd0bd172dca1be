import { mergeCookies, setCookies } from './cookies.js';
import type { HttpRequest } from './request.js';
import type { RawResponse } from './transport.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The only headers that another server is sent: they say what the client can read, and nothing of whose request it is. */
const HARMLESS = new Set(['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'user-agent']);
const OF_BODY = ['content-type', 'content-encoding', 'idempotency-key'];

/**
 * The request that an answer redirects to, or undefined when it is no redirect; which method is kept is as in browsers.
 * @throws {Error} when another server would have to be sent the body: what it holds was meant for the first one
 */
export function redirectOf(request: HttpRequest, response: RawResponse): HttpRequest | undefined {
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (!REDIRECTS.has(response.status) || location === undefined) return undefined;
  const from = new URL(request.url);
  const to = resolveLocation(location, from);
  if (to === undefined) return undefined;
  const isOther = isOtherServer(from, to);
  const isKept = keepsMethod(request.method, response.status);
  if (isOther && isKept && request.body !== undefined) throw new Error(bodyStays(response.status, from, to));
  const headers = new Map([...request.headers].filter(([name]) => (isOther ? HARMLESS.has(name) : name !== 'host')));
  if (!isOther) addCookies(headers, response);
  if (isKept) return { ...request, url: to.href, headers };
  for (const name of OF_BODY) headers.delete(name);
  return { method: 'GET', url: to.href, headers, body: undefined };
}

function bodyStays(status: number, from: URL, to: URL): string {
  return `redirected with status ${status} from ${from.origin} to ${to.origin}, and a body is not sent to another server`;
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
