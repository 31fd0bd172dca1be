import { describe, expect, it } from '@jest/globals';
import { readLog } from './log.js';

describe('readLog', () => {
  it('reads lines', () => {
    expect(readLog('[{"level":"warn","text":"low"}]')).toEqual([{ level: 'warn', text: 'low' }]);
  });

  it.each([
    ['{"length":3}', []],
    ['null', []],
    ['[null]', [{ level: 'info', text: '' }]],
    ['[{"level":"constructor","text":{"a":1}}]', [{ level: 'info', text: '' }]],
  ])('makes the best of %s', (json, lines) => {
    expect(readLog(json)).toEqual(lines);
  });

  it('is never long', () => {
    const lines = readLog(JSON.stringify(Array.from({ length: 1_000 }, () => ({ text: 'x'.repeat(10_000) }))));

    expect(lines.length).toBe(100);
    expect(lines[0]?.text.length).toBe(1_000);
  });
});
