import { isDict } from '../../shared/index.js';
import { isFloat, isInt, PyTuple, weighBoth, type Value } from '../values/index.js';
import { remainder } from './methods/index.js';
import {
  bind,
  Callable,
  contains,
  isEqual,
  isLowerCase,
  isUpperCase,
  iterableOf,
  Markup,
  numberOf,
  order,
  PyRange,
  SoftUndefined,
  textOf,
  Undefined,
  type Arguments,
  type Parameter,
  type Run,
  checkHashable,
} from './runtime/index.js';

/** A test as `is` and `select` use it: with its arguments, then for any number of values. */
export type Test = (args: Arguments, run: Run) => (subject: Value) => boolean;

/** A test with what its documentation says. */
export interface TestDefinition {
  readonly names: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly doc: string;
  /** An expression that is true. */
  readonly example: string;
  readonly holds: (subject: Value, args: readonly Value[], run: Run) => boolean;
}

type Holds = TestDefinition['holds'];

function define(names: string, parameters: string, doc: string, example: string, holds: Holds): TestDefinition {
  return { names: names.split(' '), parameters: parameters === '' ? [] : parameters.split(' '), doc, example, holds };
}

function remainderIs(value: Value, divisor: Value, expected: number, run: Run): boolean {
  return isEqual(remainder(value, divisor, run), expected);
}

function compares(operator: string, holds: (order: number) => boolean): Holds {
  return (value, [other], run) => {
    weighBoth(value, other ?? null, run);
    return holds(order(value, other ?? null, operator));
  };
}

function equal(value: Value, other: Value, run: Run): boolean {
  weighBoth(value, other, run);
  return isEqual(value, other);
}

function isSequence(value: Value): boolean {
  const isList = Array.isArray(value) || value instanceof PyTuple || value instanceof PyRange;
  return isList || value instanceof SoftUndefined || isDict(value) || textOf(value) !== undefined;
}

function isIterable(value: Value): boolean {
  if (iterableOf(value) !== undefined) return true;
  return value instanceof Undefined ? value.fail() : false;
}

/** A name that has to be hashable, as a key of the table it is looked up in. */
function nameOf(value: Value): string {
  if (value instanceof Undefined || (typeof value === 'object' && value !== null)) checkHashable(value);
  return textOf(value) ?? '';
}

/** All tests in the order in which documentation lists them. */
export const TEST_DEFINITIONS: readonly TestDefinition[] = [
  define('defined', '', 'There is such a value.', '{{ _.a is defined }}', (value) => !(value instanceof Undefined)),
  define(
    'undefined',
    '',
    'There is no such value.',
    '{{ _.missing is undefined }}',
    (value) => value instanceof Undefined,
  ),
  define('none', '', 'The value is none.', '{{ none is none }}', (value) => value === null),
  define('boolean', '', 'True or false.', '{{ true is boolean }}', (value) => typeof value === 'boolean'),
  define('true', '', 'The value is `true` itself.', '{{ true is true }}', (value) => value === true),
  define('false', '', 'The value is `false` itself.', '{{ false is false }}', (value) => value === false),
  define('integer', '', 'A whole number, not a bool.', '{{ 1 is integer }}', isInt),
  define('float', '', 'A floating-point number.', '{{ 1.0 is float }}', isFloat),
  define('number', '', 'A number or a bool.', '{{ 1 is number }}', (value) => numberOf(value) !== undefined),
  define('string', '', 'Text.', "{{ 'a' is string }}", (value) => textOf(value) !== undefined),
  define('mapping', '', 'A dict.', '{{ {} is mapping }}', (value) => isDict(value)),
  define(
    'sequence',
    '',
    'Something with a length and items: a list, text, a dict.',
    '{{ [] is sequence }}',
    isSequence,
  ),
  define('iterable', '', 'Something that can be walked.', '{{ [] is iterable }}', isIterable),
  define(
    'callable',
    '',
    'Something that can be called.',
    '{{ range is callable }}',
    (value) => value instanceof Callable || value instanceof Undefined,
  ),
  define('escaped', '', 'Text that counts as safe HTML.', "{{ 'a'|e is escaped }}", (value) => value instanceof Markup),
  define('odd', '', 'An odd number.', '{{ 3 is odd }}', (value, _args, run) => remainderIs(value, 2, 1, run)),
  define('even', '', 'An even number.', '{{ 2 is even }}', (value, _args, run) => remainderIs(value, 2, 0, run)),
  define('divisibleby', 'num', 'Divisible without rest.', '{{ 4 is divisibleby 2 }}', (value, [divisor], run) =>
    remainderIs(value, divisor ?? null, 0, run),
  ),
  define('lower', '', 'Text in lower case.', "{{ 'a' is lower }}", (value, _args, run) => isLowerCase(run.show(value))),
  define('upper', '', 'Text in upper case.', "{{ 'A' is upper }}", (value, _args, run) => isUpperCase(run.show(value))),
  define('sameas', 'other', 'The very same object.', '{{ none is sameas none }}', (value, [other]) => value === other),
  define('in', 'seq', 'An item, key or part of something.', "{{ 'a' is in 'abc' }}", (value, [container]) =>
    contains(container ?? null, value),
  ),
  define('eq equalto ==', 'b', 'Equal.', '{{ 1 is eq 1 }}', (value, [other], run) => equal(value, other ?? null, run)),
  define('ne !=', 'b', 'Not equal.', '{{ 1 is ne 2 }}', (value, [other], run) => !equal(value, other ?? null, run)),
  define(
    'gt greaterthan >',
    'b',
    'Greater.',
    '{{ 2 is gt 1 }}',
    compares('>', (result) => result > 0),
  ),
  define(
    'ge >=',
    'b',
    'Greater or equal.',
    '{{ 2 is ge 2 }}',
    compares('>=', (result) => result >= 0),
  ),
  define(
    'lt lessthan <',
    'b',
    'Less.',
    '{{ 1 is lt 2 }}',
    compares('<', (result) => result < 0),
  ),
  define(
    'le <=',
    'b',
    'Less or equal.',
    '{{ 1 is le 1 }}',
    compares('<=', (result) => result <= 0),
  ),
  define(
    'filter',
    '',
    'The name of a filter.',
    "{{ 'upper' is filter }}",
    (value, _args, run) => run.registry.filter(nameOf(value)) !== undefined,
  ),
  define(
    'test',
    '',
    'The name of a test.',
    "{{ 'odd' is test }}",
    (value, _args, run) => run.registry.test(nameOf(value)) !== undefined,
  ),
];

/** Tests by name and alias. */
export const TESTS: ReadonlyMap<string, Test> = new Map(
  TEST_DEFINITIONS.flatMap(({ names, parameters, holds }) => {
    const test: Test = (args, run) => {
      // Arguments are looked at when there is a first value to test, as Python would.
      let bound: readonly Value[] | undefined;
      return (subject) => {
        bound ??= bind(names[0] ?? '', parameters, args);
        return holds(subject, bound, run);
      };
    };
    return names.map((name) => [name, test] as const);
  }),
);
