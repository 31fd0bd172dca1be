/** Where long texts are broken, in columns. */
export const BEST_WIDTH = 80;

/** Output that knows its column and whether the line holds only indentation so far, as PyYAML's emitter does. */
export class LineWriter {
  private readonly parts: string[] = [];
  column = 0;
  private endsInSpace = true;
  private holdsOnlyIndention = true;

  /** The text so far. */
  get text(): string {
    return this.parts.join('');
  }

  get isIndention(): boolean {
    return this.holdsOnlyIndention;
  }

  /** Writes `-`, `?`, `:`, quotes and brackets, after a space where one is needed. */
  indicator(text: string, needsSpace: boolean, keepsIndention = false): void {
    const data = this.endsInSpace || !needsSpace ? text : ` ${text}`;
    this.endsInSpace = false;
    this.holdsOnlyIndention = this.holdsOnlyIndention && keepsIndention;
    this.raw(data);
  }

  /** Starts a new line unless this one is fresh, and moves to the column. */
  indentTo(indent: number): void {
    const isBehind = this.column > indent || (this.column === indent && !this.endsInSpace);
    if (!this.holdsOnlyIndention || isBehind) this.lineBreak();
    if (this.column >= indent) return;
    this.endsInSpace = true;
    this.raw(' '.repeat(indent - this.column));
  }

  lineBreak(data = '\n'): void {
    this.endsInSpace = true;
    this.holdsOnlyIndention = true;
    this.column = 0;
    this.parts.push(data);
  }

  /** Says that text follows the indentation directly. */
  beginText(): void {
    this.endsInSpace = false;
    this.holdsOnlyIndention = false;
  }

  /** Writes characters that hold no line break. */
  raw(data: string): void {
    this.column += data.length;
    this.parts.push(data);
  }

  spaceBeforeText(): void {
    if (!this.endsInSpace) this.raw(' ');
    this.beginText();
  }
}
