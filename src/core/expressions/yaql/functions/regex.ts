import { markMutable } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import {
  DOTALL,
  escapeRegex,
  IGNORECASE,
  MULTILINE,
  PyRegex,
  type RegexMatch,
  type Value,
} from '../../values/index.js';
import { regexOf } from '../operators/matching.js';
import { declarer, nullable, optional, optionalNullable, required } from '../runtime/declaration.js';
import type { Kind, Parameter } from '../runtime/frame.js';
import type { Frame } from '../runtime/frame.js';
import { any, bool, count, lambda, text } from '../runtime/kinds.js';
import type { Lambda } from '../runtime/lambda.js';
import { lazily } from '../values/iteration.js';
import { yaqlTypeName } from '../values/type-name.js';

const declare = declarer('Regular expressions');

const regex: Kind<PyRegex> = { name: 'regex', nature: 'eager', accepts: (value) => value instanceof PyRegex };
const pattern = required('regexp', regex);
const subject = required('string', text);

/** Functions that are methods of the pattern and, with the first two swapped, of the text. */
const SWAPPABLE = [
  ...eitherWay({
    name: 'split',
    parameters: [optional('maxSplit', count, 0)] as const,
    doc: 'The parts of the text between matches, with the texts of groups; at most `maxSplit` cuts.',
    examples: ["regex(',').split('a,b')", "'a,b'.split(regex(','))", '["a", "b"]'],
    run: (frame, expression, string, limit) => markMutable(expression.split(string, limit, frame.runtime.budget)),
  }),
  ...eitherWay({
    name: 'replace',
    parameters: [required('repl', text), optional('count', count, 0)] as const,
    doc: 'The text with matches replaced; `\\1` and `\\g<name>` stand for groups.',
    examples: ["regex('[0-9]').replace('a1b2', '#')", "'a1b2'.replace(regex('[0-9]'), '#')", '"a#b#"'],
    run: (frame, expression, string, replacement, limit) =>
      expression.replace(string, replacement, limit, frame.runtime.budget),
  }),
  ...eitherWay({
    name: 'replaceBy',
    parameters: [required('repl', lambda), optional('count', count, 0)] as const,
    doc: 'The text with each match replaced by what the expression makes of it.',
    examples: [
      "regex('[0-9]').replaceBy('a1b2', str(int($.value) + 1))",
      "'a1b2'.replaceBy(regex('[0-9]'), str(int($.value) + 1))",
      '"a2b3"',
    ],
    run: (frame, expression, string, replacement, limit) =>
      expression.replace(
        string,
        (match) => replacementOf(frame, replacement, match, expression),
        limit,
        frame.runtime.budget,
      ),
  }),
];

export const REGEX = [
  declare({
    names: 'regex',
    style: 'function',
    parameters: [
      required('pattern', text),
      optionalNullable('ignoreCase', bool, false),
      optionalNullable('multiLine', bool, false),
      optionalNullable('dotAll', bool, false),
    ],
    doc: 'A regular expression in the syntax of Python.',
    example: ["regex('^A', ignoreCase => true).matches(abc)", 'true'],
    run: (frame, source, ignoreCase, multiLine, dotAll) => {
      const flags = (ignoreCase ? IGNORECASE : 0) | (multiLine ? MULTILINE : 0) | (dotAll ? DOTALL : 0);
      if (flags === 0) return regexOf(source, frame.runtime.budget);
      frame.runtime.budget.step(source.length);
      return new PyRegex(source, flags);
    },
  }),
  declare({
    names: 'matches',
    style: 'method',
    parameters: [pattern, subject],
    doc: 'Whether the pattern matches anywhere in the text.',
    example: ["regex('b.').matches(abc)", 'true'],
    run: (frame, expression, string) => expression.test(string, frame.runtime.budget),
  }),
  declare({
    names: 'matches',
    style: 'method',
    parameters: [subject, required('regexp', text)],
    doc: 'Whether a pattern matches anywhere in this text.',
    example: ["abc.matches('b.')", 'true'],
    run: (frame, string, source) => regexOf(source, frame.runtime.budget).test(string, frame.runtime.budget),
  }),
  declare({
    names: 'search',
    style: 'method',
    parameters: [pattern, subject, optional('selector', lambda, null)],
    doc: 'The text of the first match, or what the selector makes of it: `$` is the match and `$2`… the groups, each with value, start and end. Null without a match.',
    example: ["regex('([a-z])([0-9])').search('-a1-', $2.value)", '"a"'],
    run: (frame, expression, string, selector) => {
      const match = expression.search(string, frame.runtime.budget);
      return match === null ? null : selected(frame, match, expression, selector);
    },
  }),
  declare({
    names: 'searchAll',
    style: 'method',
    parameters: [pattern, subject, optional('selector', lambda, null)],
    doc: 'The texts of all matches, or what the selector makes of each.',
    example: ["regex('[0-9]+').searchAll('1 22 333')", '["1", "22", "333"]'],
    run: (frame, expression, string, selector) => lazily(frame.runtime, searchAll(frame, expression, string, selector)),
  }),
  ...SWAPPABLE,
  declare({
    names: 'escapeRegex',
    style: 'function',
    parameters: [subject],
    doc: 'A pattern that matches exactly this text.',
    example: ["escapeRegex('1+1')", '"1\\\\+1"'],
    run: (_frame, string) => escapeRegex(string),
  }),
  declare({
    names: 'isRegex',
    style: 'function',
    parameters: [nullable('value', any)],
    doc: 'Whether the value is a regular expression.',
    example: ['isRegex(regex(a))', 'true'],
    run: (_frame, value) => value instanceof PyRegex,
  }),
];

interface EitherWay<P extends readonly Parameter<unknown>[]> {
  readonly name: string;
  readonly parameters: P;
  readonly doc: string;
  /** Of the pattern, of the text, and their result. */
  readonly examples: readonly [string, string, string];
  readonly run: (frame: Frame, expression: PyRegex, string: string, ...rest: TypesOf<P>) => Value;
}

type TypesOf<P extends readonly Parameter<unknown>[]> = { [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

function eitherWay<P extends readonly Parameter<unknown>[]>(definition: EitherWay<P>) {
  const { name, parameters, doc, run } = definition;
  const [ofPattern, ofText, result] = definition.examples;
  const forward = (frame: Frame, expression: PyRegex, string: string, ...rest: unknown[]): Value =>
    run(frame, expression, string, ...(rest as unknown as TypesOf<P>));
  return [
    declare({
      names: name,
      style: 'method',
      parameters: [pattern, subject, ...parameters] as unknown as readonly Parameter<never>[],
      doc,
      example: [ofPattern, result],
      run: forward,
    }),
    declare({
      names: name,
      style: 'method',
      parameters: [subject, pattern, ...parameters] as unknown as readonly Parameter<never>[],
      doc,
      example: [ofText, result],
      run: (frame: Frame, string: string, expression: PyRegex, ...rest: unknown[]) =>
        forward(frame, expression, string, ...rest),
    }),
  ];
}

function* searchAll(
  frame: Frame,
  expression: PyRegex,
  string: string,
  selector: Lambda | null,
): Generator<Value, undefined> {
  for (const match of expression.matches(string, frame.runtime.budget))
    yield selected(frame, match, expression, selector);
}

function selected(frame: Frame, match: RegexMatch, expression: PyRegex, selector: Lambda | null): Value {
  return selector === null ? match.group(0) : selector.callIn(matchFrame(frame, match, expression));
}

function replacementOf(frame: Frame, replacement: Lambda, match: RegexMatch, expression: PyRegex): string {
  const value = replacement.callIn(matchFrame(frame, match, expression));
  if (typeof value === 'string') return value;
  throw new PyError('TypeError', `sequence item 1: expected str instance, ${yaqlTypeName(value)} found`);
}

/** A frame with the match as `$` and its groups as `$2`…; named groups are beyond the original, which fails on them. */
function matchFrame(frame: Frame, match: RegexMatch, expression: PyRegex): Frame {
  const prepared = frame.child(recordOf(match, 0));
  for (let group = 1; group <= expression.groupCount; group++) prepared.set(`$${group + 1}`, recordOf(match, group));
  if (expression.groupNames.size > 0) {
    throw new PyError('ValueError', 'not enough values to unpack: selectors do not work with named groups');
  }
  return prepared;
}

function recordOf(match: RegexMatch, group: number): Value {
  return { value: match.group(group), start: match.start(group), end: match.end(group) };
}
