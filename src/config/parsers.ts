import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** What a parser answers when the text does not fit: the end of the sentence "got …, expected …". */
export class Expected {
  constructor(readonly what: string) {}
}

/** Turns the text of one variable into its value, or says what would have been right. */
export type Parser<T> = (text: string) => T | Expected;

/** Any text, as it stands. */
export const text: Parser<string> = (value) => value;

/** A folder or file, made absolute from the working directory. */
export const path: Parser<string> = (value) => resolve(value);

/** Whole numbers within the bounds, e.g. `wholeNumber(0, 65535)`. */
export function wholeNumber(min: number, max: number): Parser<number> {
  return (value) => {
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
    return number >= min && number <= max
      ? number
      : new Expected(`a whole number from ${String(min)} to ${String(max)}`);
  };
}

/** `true` or `false`; also `yes`/`no`, `on`/`off`, `1`/`0`, in any case. */
export const flag: Parser<boolean> = (value) => {
  if (/^(true|yes|on|1)$/i.test(value)) return true;
  return /^(false|no|off|0)$/i.test(value) ? false : new Expected('true or false');
};

/** One of the given words. */
export function oneOf<const T extends string>(words: readonly T[]): Parser<T> {
  return (value) => words.find((word) => word === value) ?? new Expected(oneOfText(words));
}

/** Comma-separated words; `none` is the empty list, which lets a non-empty default be switched off. */
export function listOf<T>(item: Parser<T>): Parser<readonly T[]> {
  return (value) => {
    if (value === 'none') return [];
    const results = value.split(',').map((part) => item(part.trim()));
    const problem = results.find((result) => result instanceof Expected);
    if (problem !== undefined) return new Expected(`a comma-separated list, each ${problem.what}`);
    return results.filter((result): result is Exclude<typeof result, Expected> => !(result instanceof Expected));
  };
}

/** A word without spaces or commas. */
export const word: Parser<string> = (value) => (/^[^\s,]+$/.test(value) ? value : new Expected('a word'));

/** A URL of one of the protocols, e.g. `url(['redis:', 'rediss:'])`. */
export function url(protocols: readonly string[]): Parser<string> {
  return (value) => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (parsed !== undefined && protocols.includes(parsed.protocol)) return value;
    return new Expected(`a URL like ${protocols[0] ?? ''}//user:password@host/name`);
  };
}

/** A Redis, such as `redis://:password@host:6379/2`; the path is the number of a database. */
export const redis: Parser<string> = (value) => {
  const isRedis = !(url(['redis:', 'rediss:'])(value) instanceof Expected) && new URL(value).hostname !== '';
  return isRedis && /^\/?\d*$/.test(new URL(value).pathname)
    ? value
    : new Expected('a URL like redis://user:password@host:6379/0');
};

/** A name of a host or an address without a port, as a client may write it; `*.example.com` for all below, `*` for any. */
export const hostPattern: Parser<string> = (value) => {
  const name = value.toLowerCase().replace(/^\*\./, '');
  const isHost = isIP(name) === 6 || /^[^\s/\\@?#:[\]*]+$/.test(name) || value === '*';
  if (!isHost) return new Expected('a name of a host like flows.example.com or *.example.com');
  return isIP(name) === 6 ? `[${name}]` : value.toLowerCase();
};

/** An address range such as `10.0.0.0/8` or `::1/128`. */
export const cidr: Parser<string> = (value) => {
  const [, address = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(value) ?? [];
  const family = isIP(address);
  const fits = family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
  return fits ? value : new Expected('an address range like 10.0.0.0/8');
};

function oneOfText(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
