import fc from 'fast-check';
import {
  FILTER_DEFINITIONS,
  GLOBAL_DEFINITIONS,
  MISTRAL_FUNCTIONS,
  TEST_DEFINITIONS,
} from '../../src/core/expressions/jinja/index.js';
import { DATA_NAMES, FORBIDDEN_NAMES } from './context.js';

const FILTERS = FILTER_DEFINITIONS.flatMap(({ names }) => names);
const TESTS = TEST_DEFINITIONS.flatMap(({ names }) => names).filter((name) => /^\w+$/.test(name));
const FUNCTIONS = [
  ...GLOBAL_DEFINITIONS.map(({ signature }) => signature.replace(/\(.*/, '')),
  ...MISTRAL_FUNCTIONS.map(({ name }) => name),
];
export const METHODS = (
  'append extend insert pop remove sort reverse clear update setdefault popitem items keys values get copy index count split rsplit ' +
  'splitlines join replace format format_map zfill strip center ljust expandtabs upper title startswith encode decode translate ' +
  'partition isdigit fromkeys union add bit_length is_integer hex isoformat cycle changed'
).split(' ');

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string>(...DATA_NAMES) },
  { weight: 2, arbitrary: fc.constantFrom(...METHODS) },
  { weight: 1, arbitrary: fc.constantFrom<string>(...FORBIDDEN_NAMES) },
);

const constants = fc.oneof(
  fc.integer({ min: -3, max: 12 }).map(String),
  fc.constantFrom('0.5', '2.0', '1e3', '1000000', '10**30', 'true', 'none', '_', '_', 'loop', 'x', 'ns', 'caller'),
  fc.constantFrom(
    "'a-b'",
    "'%s %d'",
    "'{0.__class__}'",
    "'{0[canary]}'",
    "'{:>9}'",
    "'__class__'",
    "'constructor'",
    "'<b>&'",
  ),
  names.map((name) => `'${name}'`),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => `'${text.replace(/['\\\n{}%#]/g, '_')}'`),
);

const BINARY = ['+', '-', '*', '/', '//', '%', '**', '~', '==', '!=', '<', '>=', ' in ', ' not in ', ' and ', ' or '];

type Texts = Record<'expr' | 'args' | 'statement' | 'body', string>;

const grammar = fc.letrec<Texts>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    constants,
    names.map((name) => `_.${name}`),
    fc.tuple(tie('expr'), names).map(([object, name]) => `${object}.${name}`),
    fc.tuple(tie('expr'), names, tie('args')).map(([object, name, args]) => `${object}.${name}(${args})`),
    fc.tuple(tie('expr'), tie('expr')).map(([object, key]) => `${object}[${key}]`),
    fc.tuple(tie('expr'), tie('expr'), tie('expr')).map(([object, from, to]) => `${object}[${from}:${to}]`),
    fc.tuple(tie('expr'), fc.constantFrom(...FILTERS)).map(([subject, filter]) => `${subject}|${filter}`),
    fc
      .tuple(tie('expr'), fc.constantFrom(...FILTERS), tie('args'))
      .map(([subject, filter, args]) => `${subject}|${filter}(${args})`),
    fc
      .tuple(tie('expr'), fc.constantFrom(...TESTS), tie('args'))
      .map(([subject, test, args]) => `${subject} is ${test}(${args})`),
    fc.tuple(fc.constantFrom(...FUNCTIONS), tie('args')).map(([name, args]) => `${name}(${args})`),
    fc.tuple(fc.constantFrom(...BINARY), tie('expr'), tie('expr')).map(([operator, a, b]) => `${a}${operator}${b}`),
    tie('expr').map((inner) => `(${inner})`),
    tie('args').map((args) => `[${args}]`),
    fc.tuple(tie('expr'), tie('expr')).map(([key, value]) => `{${key}: ${value}}`),
    fc.tuple(tie('expr'), tie('expr'), tie('expr')).map(([then, test, other]) => `${then} if ${test} else ${other}`),
  ),
  args: fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: tie('expr') },
        {
          weight: 1,
          arbitrary: fc
            .tuple(fc.constantFrom('attribute', 'default', 'start', 'x'), tie('expr'))
            .map(([name, value]) => `${name}=${value}`),
        },
      ),
      { maxLength: 3 },
    )
    .map((args) => args.join(', ')),
  statement: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('expr').map((expr) => `{{ ${expr} }}`),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
    fc.tuple(tie('expr'), tie('expr')).map(([name, value]) => `{% set ${name.length < 3 ? name : 'x'} = ${value} %}`),
    fc
      .tuple(names, tie('expr'))
      .map(([name, value]) => `{% set ns = namespace(${name}=${value}) %}{% set ns.x = ${value} %}`),
    fc
      .tuple(tie('expr'), tie('body'), tie('body'))
      .map(([test, body, other]) => `{% if ${test} %}${body}{% else %}${other}{% endif %}`),
    fc.tuple(tie('expr'), tie('body')).map(([items, body]) => `{% for x in ${items} %}${body}{% endfor %}`),
    fc
      .tuple(tie('expr'), tie('body'))
      .map(([items, body]) => `{% for x in ${items} recursive %}${body}{{ loop(${items}) }}{% endfor %}`),
    fc
      .tuple(tie('body'), tie('args'))
      .map(([body, args]) => `{% macro x(a, b=1) %}${body}{% endmacro %}{{ x(${args}) }}`),
    fc
      .tuple(tie('body'), tie('args'))
      .map(([body, args]) => `{% macro m() %}{{ caller(${args}) }}{% endmacro %}{% call(x) m() %}${body}{% endcall %}`),
    fc
      .tuple(fc.constantFrom(...FILTERS), tie('body'))
      .map(([filter, body]) => `{% filter ${filter} %}${body}{% endfilter %}`),
    fc.tuple(tie('expr'), tie('body')).map(([value, body]) => `{% with x = ${value} %}${body}{% endwith %}`),
    fc.tuple(tie('expr'), tie('body')).map(([value, body]) => `{% autoescape ${value} %}${body}{% endautoescape %}`),
    tie('body').map((body) => `{% block b %}${body}{% endblock %}`),
    tie('expr').map((name) => `{% include ${name} %}`),
  ),
  body: fc.array(tie('statement'), { maxLength: 3 }).map((parts) => parts.join('')),
}));

/** Expressions that follow the grammar: most of them fail when they are evaluated, some work. */
export const jinjaExpressions: fc.Arbitrary<string> = grammar.expr;

/** Templates that follow the grammar. */
export const jinjaTemplates: fc.Arbitrary<string> = grammar.body;

const TOKENS =
  '{{ }} {% %} {# #} {%- -%} ( ) [ ] { } , : | . = ~ \' " \\ - if else elif endif for in endfor set endset macro endmacro call is not raw endraw filter \n loop recursive namespace';

/** Anything that tokens can be put together to. */
export const jinjaSoups: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TOKENS.split(' ')),
      names,
      constants,
      fc.constantFrom(...FILTERS).map((name) => `|${name}`),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 24 },
  )
  .chain((tokens) => fc.constantFrom(' ', '').map((glue) => tokens.join(glue)));
