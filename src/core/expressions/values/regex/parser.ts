import { PyError } from '../../errors.js';
import { EMPTY, type AssertKind, type Node, type ParsedPattern, type RepeatMode, type RepeatNode } from './ast.js';
import { anyNode, backrefNode, categoryTest, charNode, wordTest } from './char-class.js';
import { parseClass } from './class-parser.js';
import { readCharEscape, readOctal } from './escapes.js';
import { ASCII, MULTILINE, UNICODE, VERBOSE } from './flags.js';
import { GroupTable } from './group-table.js';
import { parseGroup, readLeadingFlags, type GroupContext } from './group-parser.js';
import { isDecimal, PatternSource } from './pattern-source.js';
import { RegexError } from './regex-error.js';

const MAX_REPEAT = 4_294_967_295;
const MAX_DEPTH = 300;

/** Reads a pattern in the syntax of Python 3.11's `re`. @throws {RegexError} */
export function parsePattern(pattern: string, flags: number): ParsedPattern {
  const source = new PatternSource(pattern);
  const parser = new PatternParser(source);
  const leading = readLeadingFlags(source, flags);
  const all = (leading & ASCII) !== 0 ? leading : leading | UNICODE;
  const body = parser.parseChoice(all);
  if (source.peek() === ')') throw new RegexError('unbalanced parenthesis', source.position);
  return { body, flags: all, groupCount: parser.groups.count, groupNames: parser.groups.names };
}

class PatternParser implements GroupContext {
  readonly groups = new GroupTable();
  #depth = 0;

  constructor(readonly source: PatternSource) {}

  /** Branches up to a closing parenthesis, which is left, or the end. */
  parseChoice(flags: number): Node {
    if (++this.#depth > MAX_DEPTH) throw new PyError('re.error', 'the pattern nests too deeply');
    const branches = [this.#parseSequence(flags)];
    while (this.source.take('|')) branches.push(this.#parseSequence(flags));
    this.#depth--;
    const [only] = branches;
    return branches.length === 1 && only ? only : { kind: 'choice', branches };
  }

  #parseSequence(flags: number): Node {
    const items: Node[] = [];
    for (;;) {
      if ((flags & VERBOSE) !== 0 && this.#skipComment()) continue;
      const start = this.source.position;
      const character = this.source.peek();
      if (character === undefined || character === '|' || character === ')') break;
      this.source.position++;
      const repeat = this.#readRepeat(character);
      const item = repeat ? this.#applyRepeat(items.pop(), repeat, start) : this.#parseItem(character, flags, start);
      if (item) items.push(item);
    }
    const [only] = items;
    return items.length === 1 && only ? only : items.length === 0 ? EMPTY : { kind: 'sequence', items };
  }

  #parseItem(character: string, flags: number, start: number): Node | undefined {
    switch (character) {
      case '.':
        return anyNode(flags);
      case '^':
        return assertNode((flags & MULTILINE) !== 0 ? 'lineStart' : 'textStart', flags);
      case '$':
        return assertNode((flags & MULTILINE) !== 0 ? 'lineEnd' : 'finalEnd', flags);
      case '[':
        return parseClass(this.source, flags);
      case '(':
        return parseGroup(this, flags, start);
      case '\\':
        return this.#parseEscape(flags, start);
      default:
        return charNode(character.codePointAt(0) ?? 0, flags);
    }
  }

  #parseEscape(flags: number, start: number): Node {
    const letter = this.source.next('bad escape (end of pattern)', start);
    const category = categoryTest(letter, flags);
    if (category) return { kind: 'class', test: category };
    const assertion = ASSERTIONS.get(letter);
    if (assertion) return assertNode(assertion, flags);
    if (!isDecimal(letter) || letter === '0') return charNode(readCharEscape(this.source, letter, start), flags);
    const octal = readOctal(this.source, letter, start);
    if (octal !== undefined) return charNode(octal, flags);
    const index = Number(letter + this.source.takeWhile(isDecimal, 1));
    this.groups.checkReference(index, start);
    return backrefNode(index, flags);
  }

  #skipComment(): boolean {
    const character = this.source.peek();
    if (character === undefined || !/[ \t\n\r\v\f#]/.test(character)) return false;
    if (character === '#') this.source.takeWhile((other) => other !== '\n');
    else this.source.position++;
    return true;
  }

  #readRepeat(character: string): Omit<RepeatNode, 'body' | 'kind'> | undefined {
    const limits = character === '{' ? this.#readBraces() : SIMPLE_REPEATS.get(character);
    if (!limits) return undefined;
    const [min, max] = limits;
    const mode: RepeatMode = this.source.take('?') ? 'lazy' : this.source.take('+') ? 'possessive' : 'greedy';
    return { min, max, mode };
  }

  /** `{2}`, `{2,}`, `{,3}`, `{2,3}`; anything else is the character itself. */
  #readBraces(): readonly [number, number] | undefined {
    const { source } = this;
    const start = source.position;
    if (source.peek() === '}') return undefined;
    const low = source.takeWhile(isDecimal);
    const high = source.take(',') ? source.takeWhile(isDecimal) : low;
    if (!source.take('}')) {
      source.position = start;
      return undefined;
    }
    const limits = [low === '' ? 0 : Number(low), high === '' ? Infinity : Number(high)] as const;
    if (limits[0] >= MAX_REPEAT || (limits[1] >= MAX_REPEAT && limits[1] !== Infinity)) {
      throw new PyError('OverflowError', 'the repetition number is too large');
    }
    if (limits[1] < limits[0]) throw new RegexError('min repeat greater than max repeat', start);
    return limits;
  }

  #applyRepeat(item: Node | undefined, repeat: Omit<RepeatNode, 'body' | 'kind'>, start: number): Node {
    if (!item || item.kind === 'assert') throw new RegexError('nothing to repeat', start);
    if (item.kind === 'repeat') throw new RegexError('multiple repeat', start);
    return { kind: 'repeat', ...repeat, body: item };
  }
}

const SIMPLE_REPEATS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['*', [0, Infinity]],
  ['+', [1, Infinity]],
  ['?', [0, 1]],
]);

const ASSERTIONS: ReadonlyMap<string, AssertKind> = new Map([
  ['A', 'textStart'],
  ['Z', 'textEnd'],
  ['b', 'boundary'],
  ['B', 'notBoundary'],
]);

function assertNode(at: AssertKind, flags: number): Node {
  return { kind: 'assert', at, isWord: wordTest(flags) };
}
