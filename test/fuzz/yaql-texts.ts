import fc from 'fast-check';
import { DECLARATIONS } from '../../src/core/expressions/yaql/index.js';
import { DATA_NAMES, FORBIDDEN_NAMES } from './context.js';

const FUNCTIONS = DECLARATIONS.flatMap(({ names, parameters, rest, style }) =>
  names.map((name) => ({ name, style, most: parameters.length + (rest === null ? 0 : 2) })),
);

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string>(...DATA_NAMES) },
  { weight: 1, arbitrary: fc.constantFrom<string>(...FORBIDDEN_NAMES) },
);

const numbers = fc.oneof(
  fc.integer({ min: -3, max: 12 }).map(String),
  fc.constantFrom('0.5', '2.0', '1000000', '99999999999999999999', '0'),
);

const PATTERNS = ["'(a|a)*$'", "'(.*)(.*)(.*)x'", '`(\\w+)\\s?`', "'['", "'(?P<n>a)'", "'\\\\1(a)'", "'a{2,1}'", "''"];

const strings = fc.oneof(
  fc.constantFrom(
    "'a-b'",
    "'x'",
    "'{0.__class__}'",
    "'{0[__proto__]}'",
    "'{:>9}'",
    "'%Y-%m-%d'",
    "'2020-01-02'",
    "'[1, 2]'",
  ),
  fc.constantFrom(...PATTERNS),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => `'${text.replace(/['\\\n%]/g, '_')}'`),
);

const BINARY = [
  '+',
  '-',
  '*',
  '/',
  ' mod ',
  ' = ',
  ' != ',
  ' < ',
  ' >= ',
  ' in ',
  ' and ',
  ' or ',
  ' =~ ',
  ' !~ ',
  '.',
  '?.',
  ' -> ',
];

type Texts = Record<'expr' | 'args' | 'call', string>;

/** Expressions that follow the grammar: most of them fail when they are evaluated, some work. */
export const yaqlExpressions: fc.Arbitrary<string> = fc.letrec<Texts>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(numbers, strings, names, fc.constantFrom('$', '$', '$1', '$2', '$x', 'true', 'false', 'null')),
    names.map((name) => `$.${name}`),
    fc.tuple(fc.constantFrom(...BINARY), tie('expr'), tie('expr')).map(([operator, a, b]) => `${a}${operator}${b}`),
    fc.tuple(tie('expr'), tie('call')).map(([receiver, call]) => `${receiver}.${call}`),
    tie('call'),
    fc.tuple(tie('expr'), tie('args')).map(([target, args]) => `${target}[${args}]`),
    tie('expr').map((inner) => `(${inner})`),
    tie('expr').map((operand) => `not ${operand}`),
    tie('expr').map((operand) => `-${operand}`),
    tie('args').map((args) => `[${args}]`),
    fc.tuple(tie('expr'), tie('expr')).map(([key, value]) => `{${key} => ${value}}`),
    fc.tuple(names, tie('expr'), tie('expr')).map(([name, value, body]) => `let(${name} => ${value}) -> ${body}`),
    fc.tuple(names, tie('expr'), tie('expr')).map(([name, value, body]) => `def(${name}, ${value}) -> ${body}`),
  ),
  args: fc.array(tie('expr'), { maxLength: 3 }).map((args) => args.join(', ')),
  call: fc
    .tuple(fc.constantFrom(...FUNCTIONS), fc.array(tie('expr'), { maxLength: 4 }), fc.nat(1))
    .map(([{ name, most }, args, less]) => `${name}(${args.slice(0, Math.max(0, most - less)).join(', ')})`),
})).expr;

const TOKENS = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '=>',
  '->',
  '.',
  '?.',
  '$',
  '$x',
  "'",
  '"',
  '`',
  '\\',
  '#',
  ' ',
  '<%',
  '%>',
  '-',
  '=',
  '~',
];

/** Anything that tokens can be put together to. */
export const yaqlSoups: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TOKENS),
      names,
      numbers,
      strings,
      fc.constantFrom(...FUNCTIONS).map(({ name }) => `${name}(`),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 24 },
  )
  .map((tokens) => tokens.join(''));
