import { expect, it } from '@jest/globals';
import { JsonSyntaxError, parseJson, stringifyJson } from '../../core/shared/index.js';
import { readInTurns } from './json-turns.js';

const long = `[${'1.0,'.repeat(700_000)}{"2": 1, "1": [4.0, NaN]}]`;

it('reads what parseJson reads, and lets others go on meanwhile', async () => {
  const ends: string[] = [];
  const first = readInTurns(long).finally(() => ends.push('long'));
  const second = readInTurns('[1.0, {"2": 1, "1": 0}]').finally(() => ends.push('short'));

  expect(await second).toEqual(parseJson('[1.0, {"2": 1, "1": 0}]'));
  expect(stringifyJson(await first) === stringifyJson(parseJson(long, { allowNaN: true }))).toBe(true);
  expect(ends).toEqual(['short', 'long']);
});

it('says what is wrong', async () => {
  await expect(readInTurns(`${long}]`)).rejects.toThrow(JsonSyntaxError);
});
