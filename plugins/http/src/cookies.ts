import type { RawResponse } from './transport.js';

/** Cookies that an answer sets, by name; those that it deletes are empty. */
export function setCookies(response: RawResponse): Readonly<Record<string, string>> {
  const pairs = response.headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => /^\s*([^=;]+)=("?)([^;]*?)\2\s*(?:;|$)/.exec(value))
    .flatMap((match) => (match === null ? [] : [[(match[1] ?? '').trim(), match[3] ?? ''] as const]));
  return Object.fromEntries(pairs);
}

/** The value of a `Cookie` header with more cookies in it, e.g. `a=1; b=2`. */
export function mergeCookies(header: string | undefined, added: Readonly<Record<string, string>>): string | undefined {
  const known = (header ?? '').split('; ').filter((pair) => pair !== '');
  const kept = known.filter((pair) => !Object.hasOwn(added, pair.split('=', 1)[0] ?? ''));
  const pairs = [...kept, ...Object.entries(added).map(([name, value]) => `${name}=${value}`)];
  return pairs.length === 0 ? undefined : pairs.join('; ');
}
