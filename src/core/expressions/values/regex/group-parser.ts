import { EMPTY, type Node } from './ast.js';
import { backrefNode } from './char-class.js';
import { ASCII, FLAG_LETTERS, LOCALE, UNICODE, VERBOSE } from './flags.js';
import type { GroupTable } from './group-table.js';
import type { PatternSource } from './pattern-source.js';
import { RegexError } from './regex-error.js';

/** What the reading of a group needs of the reading of the whole. */
export interface GroupContext {
  readonly source: PatternSource;
  readonly groups: GroupTable;
  readonly parseChoice: (flags: number) => Node;
}

const TYPE_FLAGS = ASCII | LOCALE | UNICODE;
const NAME = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

/**
 * Reads a group whose opening parenthesis was just taken; a comment gives nothing.
 * @param start  its position
 * @throws {RegexError}
 */
export function parseGroup(context: GroupContext, flags: number, start: number): Node | undefined {
  const { source } = context;
  if (!source.take('?')) return capturing(context, flags, start, undefined);
  const mark = source.next('unexpected end of pattern');
  switch (mark) {
    case 'P':
      return parseNamed(context, flags, start);
    case ':':
      return shielded(closing(context, flags, start));
    case '>':
      return { kind: 'atomic', body: closing(context, flags, start) };
    case '=':
    case '!':
      return { kind: 'look', behind: undefined, negative: mark === '!', body: closing(context, flags, start) };
    case '<':
      return parseLookbehind(context, flags, start);
    case '(':
      return parseCondition(context, flags, start);
    case '#':
      source.takeWhile((character) => character !== ')');
      source.next('missing ), unterminated comment', start);
      return undefined;
    default:
      return parseScopedFlags(context, mark, flags, start);
  }
}

/** Flags for the whole pattern, `(?im)`, which may stand only at its start (after comments and other such flags). */
export function readLeadingFlags(source: PatternSource, flags: number): number {
  let all = flags;
  for (;;) {
    const start = source.position;
    if ((all & VERBOSE) !== 0) source.takeWhile((character) => /[ \t\n\r\v\f]/.test(character));
    const letters =
      source.take('(') && source.take('?') ? source.takeWhile((character) => FLAG_LETTERS.has(character)) : '';
    if (letters === '' || !source.take(')')) {
      source.position = start;
      return all;
    }
    all |= flagsOf(letters, start + 2);
  }
}

function capturing(context: GroupContext, flags: number, start: number, name: string | undefined): Node {
  const index = context.groups.open(name, start + 4);
  const body = closing(context, flags, start);
  context.groups.close(index, body);
  return { kind: 'group', index, body };
}

function closing(context: GroupContext, flags: number, start: number): Node {
  const body = context.parseChoice(flags);
  if (!context.source.take(')')) throw new RegexError('missing ), unterminated subpattern', start);
  return body;
}

/** A group that captures nothing leaves no node, yet what is in it may be repeated again, unlike `a**` and `^*`. */
function shielded(body: Node): Node {
  return body.kind === 'repeat' || body.kind === 'assert' ? { kind: 'sequence', items: [body] } : body;
}

function parseNamed(context: GroupContext, flags: number, start: number): Node {
  const { source, groups } = context;
  if (source.take('<')) return capturing(context, flags, start, readName(source, '>'));
  if (!source.take('=')) {
    const character = source.next('unexpected end of pattern');
    throw new RegexError(`unknown extension ?P${character}`, start + 1);
  }
  const position = source.position;
  const index = groups.indexOf(readName(source, ')'), position);
  groups.checkReference(index, position);
  return backrefNode(index, flags);
}

function readName(source: PatternSource, end: string): string {
  const position = source.position;
  const name = source.until(end, 'group name');
  if (!NAME.test(name)) throw new RegexError(`bad character in group name '${name}'`, position);
  return name;
}

function parseLookbehind(context: GroupContext, flags: number, start: number): Node {
  const { source, groups } = context;
  const mark = source.next('unexpected end of pattern');
  if (mark !== '=' && mark !== '!') throw new RegexError(`unknown extension ?<${mark}`, start + 1);
  const outer = groups.lookbehindFrom;
  groups.lookbehindFrom = Math.min(outer, groups.count + 1);
  const body = closing(context, flags, start);
  groups.lookbehindFrom = outer;
  const width = groups.widthOf(body);
  if (width.min !== width.max) throw new RegexError('look-behind requires fixed-width pattern');
  return { kind: 'look', behind: width.min, negative: mark === '!', body };
}

function parseCondition(context: GroupContext, flags: number, start: number): Node {
  const { source, groups } = context;
  const position = source.position;
  const name = source.until(')', 'group name');
  const index = /^[0-9]+$/.test(name) ? Number(name) : groups.indexOf(name, position);
  if (index === 0) throw new RegexError('bad group number', position);
  const branches = closing(context, flags, start);
  const [yes = EMPTY, no = EMPTY, extra] = branches.kind === 'choice' ? branches.branches : [branches];
  if (extra) throw new RegexError('conditional backref with more than two branches', source.position - 1);
  if (index > groups.count) throw new RegexError(`invalid group reference ${index}`, position);
  return { kind: 'condition', index, yes, no };
}

/** `(?i:…)`, `(?s-i:…)`. */
function parseScopedFlags(context: GroupContext, first: string, flags: number, start: number): Node {
  const { source } = context;
  if (!FLAG_LETTERS.has(first) && first !== '-') throw new RegexError(`unknown extension ?${first}`, start + 1);
  const letters =
    (first === '-' ? '' : first) + (first === '-' ? '' : source.takeWhile((other) => FLAG_LETTERS.has(other)));
  const added = flagsOf(letters, start + 2);
  const removed = first === '-' || source.take('-') ? readRemovedFlags(source, start) : 0;
  if (source.peek() === ')' && removed === 0) {
    throw new RegexError('global flags not at the start of the expression', start);
  }
  const mark = source.next('missing -, : or )');
  if (mark !== ':') throw new RegexError(/[a-zA-Z]/.test(mark) ? 'unknown flag' : 'missing :', source.position - 1);
  if ((added & removed) !== 0) throw new RegexError('bad inline flags: flag turned on and off', start + 1);
  const base = (added & TYPE_FLAGS) !== 0 ? flags & ~TYPE_FLAGS : flags;
  return shielded(closing(context, (base | added) & ~removed, start));
}

function readRemovedFlags(source: PatternSource, start: number): number {
  const letters = source.takeWhile((character) => FLAG_LETTERS.has(character));
  if (letters === '') throw new RegexError('missing flag', source.position);
  const removed = flagsOf(letters, start + 2);
  if ((removed & TYPE_FLAGS) !== 0) {
    throw new RegexError("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", source.position);
  }
  return removed;
}

function flagsOf(letters: string, position: number): number {
  let flags = 0;
  for (const letter of letters) flags |= FLAG_LETTERS.get(letter) ?? 0;
  if ((flags & LOCALE) !== 0)
    throw new RegexError("bad inline flags: cannot use 'L' flag with a str pattern", position);
  if ((flags & ASCII) !== 0 && (flags & UNICODE) !== 0) {
    throw new RegexError("bad inline flags: flags 'a', 'u' and 'L' are incompatible", position);
  }
  return flags;
}
