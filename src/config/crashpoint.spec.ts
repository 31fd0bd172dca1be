import { describe, expect, it } from '@jest/globals';
import { crashpoints } from './crashpoint.js';

describe('crashpoints', () => {
  it.each([
    ['commit.after', 1],
    ['commit.after:3', 3],
  ])('dies for %s at passing %i and not before', (text, passing) => {
    let deaths = 0;
    const point = crashpoints(text, () => deaths++);
    const seen = Array.from({ length: passing }, () => (point('commit.after'), deaths));
    expect(seen).toEqual([...Array.from({ length: passing - 1 }, () => 0), 1]);
  });

  it.each([undefined, '', 'commit.after:0', 'two words'])('does nothing for %j', (text) => {
    let deaths = 0;
    crashpoints(text, () => deaths++)('commit.after');
    expect(deaths).toBe(0);
  });

  it('does not count other places', () => {
    let deaths = 0;
    const point = crashpoints('commit.after:2', () => deaths++);
    ['commit.after', 'commit.before', 'relay'].forEach(point);
    expect(deaths).toBe(0);
  });
});
