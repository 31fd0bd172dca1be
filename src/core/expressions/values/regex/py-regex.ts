import { PyObject, type HashKey } from '../../../shared/index.js';
import { Budget } from '../budget.js';
import { reprText } from '../py-repr.js';
import { flagNames, UNICODE } from './flags.js';
import { Matcher } from './matcher.js';
import { parsePattern } from './parser.js';
import { compileProgram, type Program } from './program.js';
import { RegexMatch } from './regex-match.js';
import { Subject } from './subject.js';
import { fillTemplate, parseTemplate } from './template.js';

/** A compiled regular expression of Python's `re`. All positions count code points. */
export class PyRegex extends PyObject {
  readonly typeName = 're.Pattern';
  readonly flags: number;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
  private readonly program: Program;

  /** @param flags  see `flags.ts`. @throws {RegexError} */
  constructor(
    readonly pattern: string,
    flags = 0,
  ) {
    super();
    const parsed = parsePattern(pattern, flags);
    this.flags = parsed.flags;
    this.groupCount = parsed.groupCount;
    this.groupNames = parsed.groupNames;
    this.program = compileProgram(parsed);
  }

  /** The first match anywhere. @throws {BudgetExceeded} */
  search(text: string, budget = new Budget()): RegexMatch | null {
    const [match] = this.matches(text, budget);
    return match ?? null;
  }

  /** A match at the start of the text. @throws {BudgetExceeded} */
  match(text: string, budget = new Budget()): RegexMatch | null {
    const subject = new Subject(text);
    const matcher = new Matcher(this.program, subject.codes, budget);
    return matcher.matchAt(0, false) ? new RegexMatch(this, subject, matcher.slots) : null;
  }

  /** Whether it matches anywhere. @throws {BudgetExceeded} */
  test(text: string, budget = new Budget()): boolean {
    return new Matcher(this.program, new Subject(text).codes, budget).search(0, false);
  }

  /** All matches from left to right, lazily; an empty one may follow a non-empty one. @throws {BudgetExceeded} */
  *matches(text: string, budget = new Budget()): Generator<RegexMatch, undefined> {
    const subject = new Subject(text);
    const matcher = new Matcher(this.program, subject.codes, budget);
    let from = 0;
    let mustAdvance = false;
    while (matcher.search(from, mustAdvance)) {
      const match = new RegexMatch(this, subject, matcher.slots);
      from = match.end();
      mustAdvance = from === match.start();
      yield match;
    }
    return undefined;
  }

  /** Python's `findall`: texts of the match, of the only group, or lists of the groups' texts. */
  findAll(text: string, budget = new Budget()): (string | string[])[] {
    return Array.from(this.matches(text, budget), (match) => {
      if (this.groupCount === 0) return match.group(0) ?? '';
      const groups = match.groups().map((group) => group ?? '');
      return groups.length === 1 ? (groups[0] ?? '') : groups;
    });
  }

  /** The text between matches, with the groups' texts (`null` where one took no part). @param limit  0 for all matches */
  split(text: string, limit = 0, budget = new Budget()): (string | null)[] {
    const parts: (string | null)[] = [];
    const subject = new Subject(text);
    let last = 0;
    let count = 0;
    if (limit >= 0) {
      for (const match of this.matches(text, budget)) {
        parts.push(subject.slice(last, match.start()), ...match.groups());
        last = match.end();
        if (++count === limit) break;
      }
    }
    parts.push(subject.slice(last, subject.length));
    return parts;
  }

  /**
   * The text with matches replaced.
   * @param replacement  a template with `\1`, `\g<name>`, or a function of the match
   * @param limit  0 for all matches, negative for none
   * @throws {RegexError} for a bad template
   */
  replace(
    text: string,
    replacement: string | ((match: RegexMatch) => string),
    limit = 0,
    budget = new Budget(),
  ): string {
    const render = typeof replacement === 'string' ? this.templateRenderer(replacement) : replacement;
    if (limit < 0) return text;
    const subject = new Subject(text);
    let result = '';
    let last = 0;
    let count = 0;
    for (const match of this.matches(text, budget)) {
      const piece = subject.slice(last, match.start()) + render(match);
      budget.output(piece.length);
      result += piece;
      last = match.end();
      if (++count === limit) break;
    }
    return result + subject.slice(last, subject.length);
  }

  private templateRenderer(replacement: string): (match: RegexMatch) => string {
    const template = parseTemplate(replacement, this);
    return (match) => fillTemplate(template, (index) => match.group(index) ?? '');
  }

  override equals(other: unknown): boolean {
    return other instanceof PyRegex && other.pattern === this.pattern && other.flags === this.flags;
  }

  override hashKey(): HashKey {
    return `\u0000regex${this.flags}:${this.pattern}`;
  }

  override repr(): string {
    const flags = flagNames(this.flags & ~UNICODE);
    return `re.compile(${reprText(this.pattern)}${flags === '' ? '' : `, ${flags}`})`;
  }
}

/** Python's `re.escape`: a pattern that matches this very text. */
export function escapeRegex(text: string): string {
  return text.replace(/[\t\n\v\f\r #$&()*+\-.?[\\\]^{|}~]/g, '\\$&');
}
