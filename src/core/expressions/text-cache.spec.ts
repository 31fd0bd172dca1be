import { describe, expect, it } from '@jest/globals';
import { TextCache } from './text-cache.js';

/** A cache that counts how often it makes something of a text. */
function counting(capacity: number, maxLength?: number): { cache: TextCache<string>; made: () => number } {
  let made = 0;
  const make = (text: string): string => {
    made++;
    return text.toUpperCase();
  };
  return { cache: new TextCache(capacity, make, maxLength), made: () => made };
}

describe('a cache of texts', () => {
  it('makes the value of a text once', () => {
    const { cache, made } = counting(10);

    expect([cache.get('a'), cache.get('a')]).toEqual(['A', 'A']);
    expect(made()).toBe(1);
  });

  it('never remembers more texts than it may', () => {
    const { cache } = counting(10);

    for (let i = 0; i < 1000; i++) {
      cache.get(`text ${i}`);
      expect(cache.size).toBeLessThanOrEqual(10);
    }
  });

  it('never remembers more characters than it may', () => {
    const { cache } = counting(1000, 800);

    for (let i = 0; i < 1000; i++) {
      cache.get('x'.repeat(i % 101) + String(i));
      expect(cache.length).toBeLessThanOrEqual(800);
    }
    expect(cache.size).toBeGreaterThan(1);
  });

  it('does not remember a text that would take the place of many others', () => {
    const { cache, made } = counting(1000, 800);
    cache.get('a');
    const long = 'x'.repeat(101);

    cache.get(long);
    cache.get(long);
    cache.get('a');

    expect(made()).toBe(3);
    expect(cache.length).toBe(1);
  });

  it('keeps what is used all the time', () => {
    const { cache, made } = counting(10);

    for (let i = 0; i < 100; i++) {
      cache.get('always');
      cache.get(`once ${i}`);
    }

    expect(made()).toBe(101);
  });

  it('does not remember a failure', () => {
    let attempts = 0;
    const cache = new TextCache<string>(10, () => {
      if (attempts++ === 0) throw new Error('not yet');
      return 'made';
    });

    expect(() => cache.get('a')).toThrow('not yet');
    expect(cache.get('a')).toBe('made');
  });
});
