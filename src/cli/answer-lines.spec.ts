import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { answerLines } from './answer-lines.js';

const shout = (line: string): string => line.toUpperCase();

it('answers a line before the next one comes', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const done = answerLines(input, output, shout);

  input.write('a\n');
  expect(String((await once(output, 'data'))[0])).toBe('A\n');
  input.write('b');
  input.end();
  await done;
  expect(String(output.read())).toBe('B\n');
});

it('keeps the order of many lines for a slow reader, without the blank ones', async () => {
  const [input, output] = [new PassThrough(), new PassThrough({ highWaterMark: 10 })];
  const lines = Array.from({ length: 5000 }, (_, i) => `line ${i}`);
  input.end(lines.join('\n\n'));

  const answers = text(output);
  await answerLines(input, output, shout);
  output.end();

  expect((await answers).trim().split('\n')).toEqual(lines.map(shout));
});
