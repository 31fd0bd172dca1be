import { WriteStream } from 'node:tty';
import { expect, it } from '@jest/globals';
import { Screen } from './screen.js';

/** A terminal that keeps what is written to it. */
function aTerminal(rows: number, columns: number): { readonly out: WriteStream; readonly written: string[] } {
  const written: string[] = [];
  const write = (text: string): number => written.push(text);
  const out = Object.assign(Object.create(WriteStream.prototype) as WriteStream, {
    rows,
    columns,
    write,
    hasColors: () => false,
  });
  return { out, written };
}

it('draws over its last picture', () => {
  const { out, written } = aTerminal(20, 80);
  const screen = new Screen(out);

  screen.draw(['head', 'a'], false);
  screen.draw(['head', 'a', 'b'], true);

  expect(written).toEqual(['\r\u001b[Jhead\na\n', '\u001b[2A\r\u001b[Jhead\na\nb\n']);
});

it('never draws more than fits, except at the end', () => {
  const { out, written } = aTerminal(6, 10);
  const screen = new Screen(out);
  const lines = ['head', '1', '2', '3', '4', '5 is too long', '6'];

  screen.draw(lines, false);
  screen.draw(lines, true);

  expect(written[0]).toBe('\r\u001b[Jhead\n  … 4 more\n5 is too…\n6\n');
  expect(written[1]).toBe(`\u001b[4A\r\u001b[J${lines.join('\n')}\n`);
});
