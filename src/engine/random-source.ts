import { randomBytes } from 'node:crypto';

/**
 * Ids and random numbers of one decision. They follow from the seed, which the journal keeps, so that a replay makes
 * the same ids. (xoshiro128**, seeded with 128 random bits.)
 */
export class RandomSource {
  private readonly words: Uint32Array;

  constructor(readonly seed: string = randomBytes(16).toString('hex')) {
    this.words = Uint32Array.from([0, 8, 16, 24].map((at) => Number.parseInt(seed.slice(at, at + 8), 16)));
  }

  /** The state of the source, to go back to it. */
  mark(): readonly number[] {
    return [...this.words];
  }

  reset(mark: readonly number[]): void {
    this.words.set(mark);
  }

  /** A UUID of version 4. */
  uuid(): string {
    const hex = [this.next(), this.next(), this.next(), this.next()]
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
    const variant = (8 + (Number.parseInt(hex[16] ?? '0', 16) & 3)).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** In [0, 1). */
  fraction(): number {
    return this.next() / 2 ** 32;
  }

  private next(): number {
    const w = this.words;
    const [a = 0, b = 0, c = 0, d = 0] = w;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    w[2] = c ^ a;
    w[3] = d ^ b;
    w[1] = b ^ (w[2] ?? 0);
    w[0] = a ^ (w[3] ?? 0);
    w[2] = (w[2] ?? 0) ^ (b << 9);
    w[3] = rotate(w[3] ?? 0, 11);
    return result;
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
