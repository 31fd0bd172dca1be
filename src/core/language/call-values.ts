/** Where the values of a one-line call end; asked for places from left to right, it takes linear time. */
export class CallValues {
  private readonly ends = new Map<string, number>();
  private lineEnd = -1;
  private lastBracket = -1;

  constructor(private readonly text: string) {}

  /**
   * End of the value that begins at `start`: a text in quotes, an expression or list that ends on its line, a word of JSON
   * or digits.
   * @returns undefined when no value begins there
   */
  endOf(start: number): number | undefined {
    const { text } = this;
    const first = text.charAt(start);
    if (first === '"' || first === "'") return this.withSpaces(this.closing(first, start + 1));
    if (text.startsWith('{{', start)) return this.inLine('}}', start);
    if (text.startsWith('<%', start)) return this.inLine('%>', start);
    if (first === '[') return this.withSpaces(this.lastBracketBehind(start));
    WORD.lastIndex = start;
    return WORD.test(text) ? WORD.lastIndex : undefined;
  }

  /** Behind the next `mark` from `from` on. */
  private closing(mark: string, from: number): number | undefined {
    let at = this.ends.get(mark) ?? -1;
    if (at < from) {
      const found = this.text.indexOf(mark, from);
      at = found < 0 ? Infinity : found;
      this.ends.set(mark, at);
    }
    return at === Infinity ? undefined : at + mark.length;
  }

  private inLine(mark: string, start: number): number | undefined {
    const end = this.closing(mark, start + 2);
    return end === undefined || end > this.endOfLine(start) ? undefined : end;
  }

  private lastBracketBehind(start: number): number | undefined {
    this.endOfLine(start);
    return this.lastBracket > start ? this.lastBracket + 1 : undefined;
  }

  private endOfLine(start: number): number {
    if (this.lineEnd < start) {
      const end = this.text.indexOf('\n', start);
      this.lineEnd = end < 0 ? this.text.length : end;
      const inLine = this.text.slice(start, this.lineEnd).lastIndexOf(']');
      this.lastBracket = inLine < 0 ? -1 : start + inLine;
    }
    return this.lineEnd;
  }

  private withSpaces(end: number | undefined): number | undefined {
    if (end === undefined) return undefined;
    SPACES.lastIndex = end;
    SPACES.test(this.text);
    return SPACES.lastIndex;
  }
}

const WORD = /true|false|null|\d+/y;
const SPACES = /\s*/y;
