import { toFloat } from '../../../shared/index.js';
import { GrammarError } from '../../errors.js';
import { PY_SPACE, stripText, type Value } from '../../values/index.js';
import { unescapeString } from './string-literal.js';
import type { Token, TokenKind } from './tokens.js';

const S = `[${PY_SPACE}]*`;
const ROOT = new RegExp(`\\{%([-+]?)${S}raw${S}(?:-%\\}${S}|%\\})|(\\{%|\\{\\{|\\{#)([-+]?)`, 'g');
const COMMENT_END = new RegExp(`\\+#\\}|-#\\}${S}|#\\}\\n?`, 'g');
const RAW_END = new RegExp(`\\{%([-+]?)${S}endraw${S}(?:\\+%\\}|-%\\}${S}|%\\}\\n?)`, 'g');
const BLOCK_END = new RegExp(`\\+%\\}|-%\\}${S}|%\\}\\n?`, 'y');
const VARIABLE_END = new RegExp(`-\\}\\}${S}|\\}\\}`, 'y');
const SPACES = new RegExp(`[${PY_SPACE}]+`, 'y');
const ONLY_SPACES = new RegExp(`^[${PY_SPACE}]+$`);
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{L}\p{N}\p{M}\p{Pc}\u00b7]+/uy;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const STRING = /'[^'\\]*(?:\\[^][^'\\]*)*'|"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/y;
const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

type TagState = 'block' | 'variable';

/**
 * Splits a template into tokens as they are asked for, so that of two errors the parser reports the first.
 * With `trim_blocks` and `lstrip_blocks`, and one final newline dropped.
 */
export class Lexer {
  private readonly source: string;
  private position = 0;
  private line = 1;
  private isLineStart = true;
  private state: 'root' | TagState;
  private readonly brackets: string[] = [];
  private readonly queue: Token[] = [];

  /** @param isExpression  the text is what stands between `{{` and `}}` */
  constructor(text: string, isExpression: boolean) {
    const normal = text.replace(/\r\n?/g, '\n');
    this.source = normal.endsWith('\n') ? normal.slice(0, -1) : normal;
    this.state = isExpression ? 'variable' : 'root';
  }

  /** The next token; at the end, `eof` for ever. */
  next(): Token {
    for (;;) {
      const queued = this.queue.shift();
      if (queued) return queued;
      if (this.position >= this.source.length) return this.token('eof', '');
      if (this.state === 'root') this.readText();
      else this.readTagToken(this.state);
    }
  }

  private readText(): void {
    ROOT.lastIndex = this.position;
    const match = ROOT.exec(this.source);
    if (!match) {
      this.pushData(this.source.slice(this.position));
      this.position = this.source.length;
      return;
    }
    const text = this.source.slice(this.position, match.index);
    const opener = match[2];
    this.pushData(this.strip(text, match[1] ?? match[3] ?? '', opener === '{{'));
    this.line += countNewlines(text);
    this.moveTo(match.index + match[0].length, match[0]);
    if (opener === undefined) this.readRaw();
    else if (opener === '{#') this.skipComment();
    else this.openTag(opener === '{%' ? 'block' : 'variable');
  }

  private openTag(state: TagState): void {
    this.state = state;
    this.queue.push(this.token(state === 'block' ? 'block_begin' : 'variable_begin', ''));
  }

  private readRaw(): void {
    if (this.position >= this.source.length) return;
    RAW_END.lastIndex = this.position;
    const match = RAW_END.exec(this.source);
    if (!match) throw new GrammarError('Missing end of raw directive');
    const text = this.source.slice(this.position, match.index);
    this.pushData(this.strip(text, match[1] ?? '', false));
    this.line += countNewlines(text);
    this.moveTo(match.index + match[0].length, match[0]);
  }

  private skipComment(): void {
    if (this.position >= this.source.length) return;
    COMMENT_END.lastIndex = this.position;
    const match = COMMENT_END.exec(this.source);
    if (!match) throw new GrammarError('Missing end of comment tag');
    const end = match.index + match[0].length;
    this.moveTo(end, this.source.slice(this.position, end));
  }

  /** Data before a tag: `-` strips all white space, otherwise that of a line which holds nothing else (not before `{{`). */
  private strip(text: string, sign: string, isVariable: boolean): string {
    if (sign === '-') return stripText(text, null, 'right');
    if (sign === '+' || isVariable) return text;
    const lineStart = text.lastIndexOf('\n') + 1;
    const isAtLineStart = lineStart > 0 || this.isLineStart;
    return isAtLineStart && ONLY_SPACES.test(text.slice(lineStart)) ? text.slice(0, lineStart) : text;
  }

  private readTagToken(state: TagState): void {
    if (this.brackets.length === 0) {
      const end = this.match(state === 'block' ? BLOCK_END : VARIABLE_END);
      if (end !== null) {
        this.state = 'root';
        this.queue.push(this.token(state === 'block' ? 'block_end' : 'variable_end', ''));
        this.line += countNewlines(end);
        return;
      }
    }
    const spaces = this.match(SPACES);
    if (spaces !== null) this.line += countNewlines(spaces);
    else this.queue.push(this.readValueToken() ?? this.readOperator());
  }

  private readValueToken(): Token | null {
    const float = this.match(FLOAT);
    if (float !== null) return this.token('float', float, toFloat(Number(float.replaceAll('_', ''))));
    const integer = this.match(INTEGER);
    if (integer !== null) return this.token('integer', integer, parseInteger(integer.replaceAll('_', '')));
    const name = this.match(NAME);
    if (name !== null) {
      if (!IDENTIFIER.test(name)) throw new GrammarError('Invalid character in identifier');
      return this.token('name', name);
    }
    const literal = this.match(STRING);
    if (literal === null) return null;
    const token = this.token('string', unescapeString(literal.slice(1, -1)));
    this.line += countNewlines(literal);
    return token;
  }

  private readOperator(): Token {
    const operator = this.match(OPERATOR);
    if (operator === null) {
      const char = String.fromCodePoint(this.source.codePointAt(this.position) ?? 0);
      const at = Array.from(this.source.slice(0, this.position)).length;
      const quoted = char === "'" ? '"\'"' : `'${char}'`;
      throw new GrammarError(`unexpected char ${quoted} at ${at}`);
    }
    const closer = CLOSERS[operator];
    if (closer !== undefined) this.brackets.push(closer);
    else if (operator === '}' || operator === ')' || operator === ']') this.closeBracket(operator);
    return this.token('operator', operator);
  }

  private closeBracket(operator: string): void {
    const expected = this.brackets.pop();
    if (expected === undefined) throw new GrammarError(`unexpected '${operator}'`);
    if (expected !== operator) throw new GrammarError(`unexpected '${operator}', expected '${expected}'`);
  }

  /** Consumes what a sticky pattern matches here. */
  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source)?.[0];
    if (!found) return null;
    this.position += found.length;
    this.isLineStart = found.endsWith('\n');
    return found;
  }

  private moveTo(position: number, consumed: string): void {
    this.line += countNewlines(consumed);
    this.position = position;
    this.isLineStart = consumed.endsWith('\n');
  }

  private pushData(text: string): void {
    if (text !== '') this.queue.push(this.token('data', text));
  }

  private token(kind: TokenKind, text: string, value: Value = null): Token {
    return { kind, text, value, line: this.line };
  }
}

function parseInteger(digits: string): Value {
  const exact = BigInt(digits);
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
