import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { reachedBy } from './addresses.js';
import type { HttpSettings } from './settings.js';

/** The operator does not allow this address. */
export class UrlNotAllowedError extends Error {
  override readonly name = 'UrlNotAllowed';
}

/** Where requests may go: asked about each URL before it is used, and about each address that a name leads to. */
export interface EgressPolicy {
  /** @throws {UrlNotAllowedError} for another scheme than http and https, a host that isn't allowed or a denied address */
  readonly checkUrl: (text: string) => URL;
  /** Resolves names for a connection, so that the address checked is the address connected to. */
  readonly lookup: LookupFunction;
  /**
   * For a connection that is open, before anything is sent over it.
   * @throws {UrlNotAllowedError} when its other end is denied, however it came to be there
   */
  readonly checkConnected: (host: string, address: string | undefined) => void;
  /**
   * For a host that a proxy will connect to, as far as its name is known here.
   * @throws {UrlNotAllowedError} when the name leads to a denied address
   */
  readonly checkHost: (url: URL) => Promise<void>;
}

/** Finds all addresses of a name, as `lookup` of `node:dns` does. */
export type Resolver = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** @throws {TypeError} when a range of addresses can't be read */
export function createEgressPolicy(
  settings: Pick<HttpSettings, 'allowedHosts' | 'deniedCidrs'>,
  resolver: Resolver = dnsLookup,
): EgressPolicy {
  const denied = blockListOf(settings.deniedCidrs);
  const allowedHosts = settings.allowedHosts.map((name) => bareName(name.toLowerCase()));
  const lookup = guardedLookup(denied, resolver);
  return {
    checkUrl: (text) => checkUrl(text, allowedHosts, denied),
    lookup,
    checkConnected: (host, address) => {
      if (address !== undefined && isDenied(address, denied)) throw blocked(host, address);
    },
    checkHost: (url) => checkHost(url, lookup),
  };
}

function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix = ''] = cidr.split('/');
    const family = isIP(address);
    const bits = Number(prefix === '' ? (family === 6 ? 128 : 32) : prefix);
    if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) {
      throw new TypeError(`HTTP_DENIED_CIDRS: got "${cidr}", expected an address range like 10.0.0.0/8`);
    }
    list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

function checkUrl(text: string, allowedHosts: readonly string[], denied: BlockList): URL {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? '';
  if (scheme !== 'http' && scheme !== 'https') {
    throw new UrlNotAllowedError(`URL scheme '${scheme}' is not allowed (only http and https are).`);
  }
  const url = new URL(text);
  const host = bareName(url.hostname);
  if (allowedHosts.length > 0 && !allowedHosts.some((allowed) => hostMatches(allowed, host))) {
    throw new UrlNotAllowedError(`URL host '${host}' is not among the allowed hosts.`);
  }
  if (isIP(host) !== 0 && isDenied(host, denied)) throw blocked(host, host);
  return url;
}

/** Without what may be written around a name or an address: the brackets of version 6, the dot at the end. */
function bareName(host: string): string {
  return host.replace(/^\[|\]$|\.$/g, '');
}

function hostMatches(allowed: string, host: string): boolean {
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;
}

function blocked(host: string, address: string): UrlNotAllowedError {
  return new UrlNotAllowedError(`URL host '${host}' resolves to a blocked address (${address}).`);
}

function isDenied(address: string, denied: BlockList): boolean {
  return reachedBy(address).some((reached) => denied.check(reached, isIP(reached) === 6 ? 'ipv6' : 'ipv4'));
}

function guardedLookup(denied: BlockList, resolver: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    resolver(hostname, { ...options, all: true }, (error, addresses) => {
      const wrong = error ?? firstDenied(hostname, addresses, denied);
      const [first] = addresses ?? [];
      if (wrong !== undefined || first === undefined) callback(wrong ?? new Error(`no address for '${hostname}'`), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function checkHost({ hostname }: URL, lookup: LookupFunction): Promise<void> {
  return new Promise((resolve, reject) => {
    lookup(bareName(hostname), { all: true }, (error) => {
      if (error instanceof UrlNotAllowedError) reject(error);
      else resolve();
    });
  });
}

/** One denied address among many is enough: which one a connection takes is not known. */
function firstDenied(
  host: string,
  addresses: readonly LookupAddress[],
  denied: BlockList,
): UrlNotAllowedError | undefined {
  const found = addresses.find(({ address }) => isDenied(address, denied));
  return found === undefined ? undefined : blocked(host, found.address);
}
