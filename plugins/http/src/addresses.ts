import { isIP } from 'node:net';

const THIS_MACHINE = '127.0.0.1';

/**
 * All addresses that a connection to one may reach, itself first: the unspecified ones are this machine, and many of
 * version 6 carry one of version 4 that a gateway, a tunnel or the kernel takes out, e.g. `::ffff:0.0.0.0` carries `0.0.0.0`,
 * which is `127.0.0.1`.
 * @param address  of version 4 or 6 as a resolver or a socket gives it, a zone (`%eth0`) may follow
 */
export function reachedBy(address: string): readonly string[] {
  const plain = address.replace(/%.*$/s, '');
  if (isIP(plain) !== 6) return withThisMachine([plain]);
  const words = wordsOf(plain);
  const written = words.map((word) => word.toString(16)).join(':');
  if (words.every((word) => word === 0)) return [written, '::1', THIS_MACHINE];
  return [written, ...withThisMachine(carried(words))];
}

/** Linux takes all of 0.0.0.0/8 for this machine or refuses it; nothing else answers there. */
function withThisMachine(addresses: readonly string[]): readonly string[] {
  return addresses.some(isUnspecified) ? [...addresses, THIS_MACHINE] : addresses;
}

function isUnspecified(address: string): boolean {
  return address.startsWith('0.');
}

/** The eight words of an address of version 6, whatever way it is written. */
function wordsOf(address: string): readonly number[] {
  const [before = '', after] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = new Array<string>(8 - (head?.length ?? 0) - (tail?.length ?? 0)).fill('0');
  return [...(head ?? []), ...zeros, ...(tail ?? [])].map((word) => Number.parseInt(word, 16));
}

function carried(words: readonly number[]): readonly string[] {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0, w6 = 0, w7 = 0] = words;
  const last = dotted(w6, w7);
  // Interface identifiers of ISATAP may stand behind any prefix.
  const isatap = (w4 & 0xfcff) === 0 && w5 === 0x5efe ? [last] : [];
  if (w0 === 0x2002) return [dotted(w1, w2), ...isatap];
  if (w0 === 0x2001 && w1 === 0) return [dotted(w2, w3), dotted(~w6 & 0xffff, ~w7 & 0xffff)];
  if (w0 === 0x64 && w1 === 0xff9b) return w2 === 1 ? translatedLocally(words) : [last];
  if ((w0 | w1 | w2 | w3) !== 0) return isatap;
  const isLoopback = (w4 | w5 | w6) === 0 && w7 === 1;
  const isMapped = (w4 === 0 && w5 === 0xffff) || (w4 === 0xffff && w5 === 0);
  const isCompatible = (w4 | w5) === 0 && !isLoopback;
  return isMapped || isCompatible ? [last] : isatap;
}

/** 64:ff9b:1::/48 may be divided into prefixes of four lengths (RFC 6052), and which one is not known here. */
function translatedLocally([, , , w3 = 0, w4 = 0, w5 = 0, w6 = 0, w7 = 0]: readonly number[]): readonly string[] {
  const middle = w4 & 0xff;
  const others = [
    dotted(w3, (middle << 8) | (w5 >> 8)),
    dotted(((w3 & 0xff) << 8) | middle, w5),
    dotted((middle << 8) | (w5 >> 8), ((w5 & 0xff) << 8) | (w6 >> 8)),
  ];
  // Zeros there only say that the prefix is of another length.
  return [dotted(w6, w7), ...others.filter((address) => !isUnspecified(address))];
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
