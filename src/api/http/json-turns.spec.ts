import { expect, it } from '@jest/globals';
import { JsonSyntaxError, parseJson, rememberedText, storedJson, stringifyJson } from '../../core/shared/index.js';
import { oneOfFew, readInTurns, writeInTurns } from './json-turns.js';

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

it('makes the text of a large list that will be stored', async () => {
  const list = Array.from({ length: 1000 }, (_, i) => [i, 'é', { x: i / 2 }]);
  const value = { a: { list }, b: [1] };
  await writeInTurns(value);

  const text = stringifyJson(list, { style: 'python' });
  expect(rememberedText(list, () => 'not made')).toBe(text);
  expect(storedJson(value)).toBe(`{"a": {"list": ${text}}, "b": [1]}`);
});

it('reads few bodies at the same time, and the next once one of them is read or refused', async () => {
  const started: number[] = [];
  const ends: ((isRefused: boolean) => void)[] = [];
  const bodies = [0, 1, 2, 3].map((body) =>
    oneOfFew(() => {
      started.push(body);
      return new Promise<number>((resolve, reject) => {
        ends.push((isRefused) => (isRefused ? reject(new Error('refused')) : resolve(body)));
      });
    }),
  );
  expect(started).toEqual([0, 1]);

  ends[1]?.(true);
  await expect(bodies[1]).rejects.toThrow('refused');
  expect(started).toEqual([0, 1, 2]);

  ends[0]?.(false);
  await bodies[0];
  ends[2]?.(false);
  await bodies[2];
  ends[3]?.(false);
  expect([await bodies[3], started]).toEqual([3, [0, 1, 2, 3]]);
});
