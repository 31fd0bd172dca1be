import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';

type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'gray';

const COLOURS: Readonly<Record<string, Colour>> = {
  SUCCESS: 'green',
  ERROR: 'red',
  CANCELLED: 'red',
  RUNNING: 'cyan',
  DELAYED: 'yellow',
  PAUSED: 'yellow',
  WAITING: 'gray',
  IDLE: 'gray',
  SKIPPED: 'gray',
};
const ANY_STATE = new RegExp(`\\b(?:${Object.keys(COLOURS).join('|')})\\b`);

/** Draws over its last picture in a terminal. */
export class Screen {
  private height = 0;

  constructor(private readonly out: WriteStream) {}

  /** The last picture may be higher than the terminal: nothing is drawn over it any more. */
  draw(lines: readonly string[], isLast: boolean): void {
    const shown = isLast ? lines : this.cropped(lines);
    const up = this.height > 0 ? `\u001b[${this.height}A` : '';
    this.out.write(`${up}\r\u001b[J${shown.map((line) => `${this.painted(line)}\n`).join('')}`);
    this.height = shown.length;
  }

  private cropped(lines: readonly string[]): readonly string[] {
    const { rows, columns } = this.out;
    const narrow = lines.map((line) => (line.length < columns ? line : `${line.slice(0, columns - 2)}…`));
    const hidden = narrow.length - (rows - 2);
    if (hidden <= 0) return narrow;
    // What has ended stands first as a rule; the end of the list is where things happen.
    return [...narrow.slice(0, 1), `  … ${hidden + 1} more`, ...narrow.slice(hidden + 2)];
  }

  private painted(line: string): string {
    if (!this.out.hasColors()) return line;
    return line.replace(ANY_STATE, (state) => styleText(COLOURS[state] ?? 'gray', state));
  }
}
