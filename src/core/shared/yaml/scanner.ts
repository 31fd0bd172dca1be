import { isBlankOrEnd, isBreak, isBreakOrEnd } from './characters.js';
import { Cursor } from './cursor.js';
import { pythonStringRepr } from '../python-repr.js';
import { scanBlock } from './scan-block.js';
import { scanPlain } from './scan-plain.js';
import { scanQuoted } from './scan-quoted.js';
import { scanDirective, scanTag } from './scan-tag.js';
import type { Token, TokenKind } from './tokens.js';

/** A token that turns out to be a mapping key when a `:` follows on the same line. */
interface KeyCandidate {
  readonly tokenNumber: number;
  /** In the position of a block's entries, so that a missing `:` is an error. */
  readonly isRequired: boolean;
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

const LONGEST_SIMPLE_KEY = 1024;
const NEVER_STARTS_PLAIN = new Set('-?:,[]{}#!|>\'"%`');

/**
 * Splits a YAML text into tokens the way PyYAML's scanner does, with Mistral's change: `&`, `*` and `@` start plain
 * scalars, so there are no anchors and aliases.
 */
export class Scanner {
  readonly cursor: Cursor;
  private queue: Token[] = [];
  private head = 0;
  private taken = 0;
  private isDone = false;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private keyAllowed = true;
  private candidates: (KeyCandidate | undefined)[] = [];
  /** Level of the first candidate, or one below; candidates of deeper levels come later in the text. */
  private oldest = 0;

  constructor(text: string) {
    this.cursor = new Cursor(text.startsWith('\uFEFF') ? text.slice(1) : text);
  }

  peek(): Token {
    while (this.needsMore()) this.fetch();
    const token = this.queue[this.head];
    if (token === undefined) throw new Error('read behind the end of the stream');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.head += 1;
    this.taken += 1;
    if (this.head > 512) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
    return token;
  }

  private needsMore(): boolean {
    if (this.isDone) return false;
    if (this.head >= this.queue.length) return true;
    this.dropStaleCandidates();
    return this.candidates[this.oldest]?.tokenNumber === this.taken;
  }

  private fetch(): void {
    this.skipToToken();
    this.dropStaleCandidates();
    this.unwind(this.cursor.column);
    const { cursor } = this;
    const code = cursor.code();
    if (code === 0 && cursor.position >= cursor.text.length) this.fetchEnd();
    else if (cursor.column === 0 && code === 37) this.fetchDirective();
    else if (cursor.column === 0 && cursor.atDocumentMarker()) this.fetchDocumentMarker();
    else this.fetchInside(cursor.character());
  }

  private fetchInside(character: string): void {
    const followedByBlank = isBlankOrEnd(this.cursor.code(1));
    const inFlow = this.flowLevel > 0;
    if (character === '[' || character === '{') this.fetchFlowStart(character);
    else if (character === ']' || character === '}') this.fetchFlowEnd(character);
    else if (character === ',') this.fetchFlowEntry();
    else if (character === '-' && followedByBlank) this.fetchBlockEntry();
    else if (character === '?' && (inFlow || followedByBlank)) this.fetchKey();
    else if (character === ':' && (inFlow || followedByBlank)) this.fetchValue();
    else if (character === '!') this.fetchScalar(() => scanTag(this.cursor));
    else if ((character === '|' || character === '>') && !inFlow) this.fetchBlockScalar();
    else if (character === "'" || character === '"') this.fetchScalar(() => scanQuoted(this.cursor));
    else if (this.startsPlain(character, followedByBlank)) this.fetchScalar(() => this.scanPlain());
    else {
      const problem = `found character ${pythonStringRepr(character)} that cannot start any token`;
      throw this.cursor.error(problem, 'while scanning for the next token');
    }
  }

  private startsPlain(character: string, followedByBlank: boolean): boolean {
    if (!NEVER_STARTS_PLAIN.has(character)) return !isBlankOrEnd(this.cursor.code());
    if (followedByBlank) return false;
    return character === '-' || (this.flowLevel === 0 && (character === '?' || character === ':'));
  }

  private scanPlain(): Token {
    const { token, crossedLine } = scanPlain(this.cursor, { indent: this.indent, inFlow: this.flowLevel > 0 });
    if (crossedLine) this.keyAllowed = true;
    return token;
  }

  private fetchEnd(): void {
    this.unwind(-1);
    this.dropCandidate();
    this.keyAllowed = false;
    this.candidates = [];
    this.oldest = 0;
    this.push('stream end', 0);
    this.isDone = true;
  }

  private fetchDirective(): void {
    this.unwind(-1);
    this.dropCandidate();
    this.keyAllowed = false;
    this.queue.push(scanDirective(this.cursor));
  }

  private fetchDocumentMarker(): void {
    this.unwind(-1);
    this.dropCandidate();
    this.keyAllowed = false;
    this.push(this.cursor.code() === 45 ? 'document start' : 'document end', 3);
  }

  private fetchFlowStart(kind: '[' | '{'): void {
    this.saveCandidate();
    this.flowLevel += 1;
    this.keyAllowed = true;
    this.push(kind, 1);
  }

  private fetchFlowEnd(kind: ']' | '}'): void {
    this.dropCandidate();
    this.flowLevel -= 1;
    this.keyAllowed = false;
    this.push(kind, 1);
  }

  private fetchFlowEntry(): void {
    this.keyAllowed = true;
    this.dropCandidate();
    this.push(',', 1);
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel <= 0) {
      if (!this.keyAllowed) throw this.cursor.error('sequence entries are not allowed here');
      if (this.addIndent(this.cursor.column)) this.push('block sequence start', 0);
    }
    this.keyAllowed = true;
    this.dropCandidate();
    this.push('-', 1);
  }

  private fetchKey(): void {
    this.openMapping('mapping keys are not allowed here');
    this.keyAllowed = this.flowLevel <= 0;
    this.dropCandidate();
    this.push('?', 1);
  }

  private fetchValue(): void {
    const key = this.candidates[this.flowLevel];
    if (key === undefined) {
      this.openMapping('mapping values are not allowed here');
      this.keyAllowed = this.flowLevel <= 0;
      this.dropCandidate();
    } else {
      this.candidates[this.flowLevel] = undefined;
      const at = key.tokenNumber - this.taken + this.head;
      this.queue.splice(at, 0, { kind: '?', start: key.index, end: key.index });
      if (this.flowLevel <= 0 && this.addIndent(key.column)) {
        this.queue.splice(at, 0, { kind: 'block mapping start', start: key.index, end: key.index });
      }
      this.keyAllowed = false;
    }
    this.push(':', 1);
  }

  private openMapping(problem: string): void {
    if (this.flowLevel > 0) return;
    if (!this.keyAllowed) throw this.cursor.error(problem);
    if (this.addIndent(this.cursor.column)) this.push('block mapping start', 0);
  }

  private fetchScalar(scan: () => Token): void {
    this.saveCandidate();
    this.keyAllowed = false;
    this.queue.push(scan());
  }

  private fetchBlockScalar(): void {
    this.keyAllowed = true;
    this.dropCandidate();
    this.queue.push(scanBlock(this.cursor, this.indent));
  }

  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      cursor.skipSpaces();
      if (cursor.code() === 35) while (!isBreakOrEnd(cursor.code())) cursor.skip();
      if (!isBreak(cursor.code())) return;
      cursor.takeBreak();
      if (this.flowLevel <= 0) this.keyAllowed = true;
    }
  }

  private saveCandidate(): void {
    const { cursor } = this;
    const isRequired = this.flowLevel <= 0 && this.indent === cursor.column;
    if (!this.keyAllowed) return;
    this.dropCandidate();
    const tokenNumber = this.taken + this.queue.length - this.head;
    const level = Math.max(this.flowLevel, 0);
    this.oldest = Math.min(this.oldest, level);
    this.candidates[level] = {
      tokenNumber,
      isRequired,
      index: cursor.position,
      line: cursor.line,
      column: cursor.column,
    };
  }

  private dropCandidate(): void {
    const level = Math.max(this.flowLevel, 0);
    this.requireNoKey(this.candidates[level]);
    this.candidates[level] = undefined;
  }

  private dropStaleCandidates(): void {
    for (; this.oldest <= Math.max(this.flowLevel, 0); this.oldest += 1) {
      const candidate = this.candidates[this.oldest];
      if (candidate === undefined) continue;
      if (candidate.line === this.cursor.line && this.cursor.position - candidate.index <= LONGEST_SIMPLE_KEY) return;
      this.requireNoKey(candidate);
      this.candidates[this.oldest] = undefined;
    }
  }

  private requireNoKey(candidate: KeyCandidate | undefined): void {
    if (candidate?.isRequired !== true) return;
    throw this.cursor.error("could not find expected ':'", 'while scanning a simple key', candidate.index);
  }

  private unwind(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.indent = this.indents.pop() ?? -1;
      this.push('block end', 0);
    }
  }

  private addIndent(column: number): boolean {
    if (this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  private push(kind: TokenKind, length: number): void {
    const start = this.cursor.position;
    this.cursor.skip(length);
    this.queue.push({ kind, start, end: start + length });
  }
}
