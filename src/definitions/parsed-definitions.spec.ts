import { describe, expect, it } from '@jest/globals';
import { readActions } from './parsed-definitions.js';

const actions = (count: number): string =>
  `version: '2.0'\n${Array.from({ length: count }, (_, i) => `a${i}: {base: std.noop}\n`).join('')}`;

describe('a list of actions', () => {
  it('is stored with its whole text in each of them', () => {
    expect(readActions(actions(3)).map(({ definition }) => definition.length)).toEqual([78, 78, 78]);
  });

  it('is refused when that is too much', () => {
    expect(() => readActions(actions(2_000))).toThrow(
      /^2000 actions in a text of \d+ characters, .*: upload them in parts\.$/,
    );
  });
});
