import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/**
 * Answers each line of a stream with one line, in order. A line gets its answer at once, so that the other side may wait
 * for it before it sends the next; lines that arrive together are answered in one piece.
 */
export async function answerLines(input: Readable, output: Writable, answer: (line: string) => string): Promise<void> {
  const lines = createInterface({ input, crlfDelay: Infinity });
  let answers = '';
  const flush = (): void => {
    if (answers === '') return;
    const isFull = !output.write(answers);
    answers = '';
    if (!isFull) return;
    lines.pause();
    output.once('drain', () => lines.resume());
  };
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    if (answers === '') setImmediate(flush);
    answers += `${answer(line)}\n`;
  });
  await once(lines, 'close');
  flush();
}
