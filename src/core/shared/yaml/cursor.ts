import { isBlankOrEnd } from './characters.js';
import { yamlError, type YamlError, type YamlProblem } from './yaml-error.js';

/** A reading position in a YAML text that knows its line and column; reads NUL behind the end. */
export class Cursor {
  readonly source: string;
  position = 0;
  line = 0;
  private lineStart = 0;

  constructor(readonly text: string) {
    this.source = `${text}\0`;
  }

  /** In UTF-16 units from the start of the line. */
  get column(): number {
    return this.position - this.lineStart;
  }

  /** Code of the character `ahead` of the position. */
  code(ahead = 0): number {
    const code = this.source.charCodeAt(this.position + ahead);
    return code === code ? code : 0;
  }

  /** The character at the position, whole even beyond the basic plane. */
  character(ahead = 0): string {
    return String.fromCodePoint(this.source.codePointAt(this.position + ahead) ?? 0);
  }

  /** Moves over characters that are no line breaks and returns them. */
  take(length: number): string {
    const taken = this.source.slice(this.position, this.position + length);
    this.position += length;
    return taken;
  }

  skip(length = 1): void {
    this.position += length;
  }

  /** Moves over what a sticky expression matches here; it must not match line breaks. */
  takeMatch(sticky: RegExp): string {
    sticky.lastIndex = this.position;
    const found = sticky.exec(this.source)?.[0] ?? '';
    this.position += found.length;
    return found;
  }

  skipSpaces(): void {
    while (this.code() === 32) this.position += 1;
  }

  /** Moves over one line break, if one is here: `\n` for the common kinds, else the character itself. */
  takeBreak(): string {
    const code = this.code();
    if (code === 13 && this.code(1) === 10) this.position += 2;
    else if (code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029) this.position += 1;
    else return '';
    this.line += 1;
    this.lineStart = this.position;
    return code > 0xff ? String.fromCharCode(code) : '\n';
  }

  /** `---` or `...` followed by a blank; only meaningful at the start of a line. */
  atDocumentMarker(): boolean {
    const code = this.code();
    if ((code !== 45 && code !== 46) || !isBlankOrEnd(this.code(3))) return false;
    return this.code(1) === code && this.code(2) === code;
  }

  error(problem: string, context?: string, contextIndex?: number, index = this.position): YamlError {
    return this.problem({ problem, index, context, contextIndex });
  }

  problem(problem: YamlProblem): YamlError {
    return yamlError(this.text, problem);
  }
}
