import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findDelimited, PyFloat } from '../shared/index.js';
import {
  EvaluationError,
  evaluate,
  evaluateRecursively,
  evaluateToJson,
  GrammarError,
  hasExpression,
  isExpression,
  NeedsData,
  validate,
  type DataFunctions,
  type EvaluationScope,
} from './index.js';

const FUNCTIONS: DataFunctions = { uuid: () => 'id', now: () => 0, random: () => 0 };

function scope(...layers: EvaluationScope['layers']): EvaluationScope {
  return { layers, functions: FUNCTIONS };
}

describe('finding expressions', () => {
  it.each([
    ['<% $.a %>', true],
    ['{{ _.a }}', true],
    ['{% if a %}{% endif %}', true],
    ['plain', false],
    ['<% $.a\n %>', false],
    ['<% a\n<% $.b %>', true],
    ['{# comment #}', false],
    [5, false],
  ])('%j is one: %s', (value, expected) => {
    expect(isExpression(value)).toBe(expected);
  });

  it('looks into lists and dicts, not into keys', () => {
    expect(hasExpression({ a: [{ b: '<% 1 %>' }] })).toBe(true);
    expect(hasExpression({ '<% 1 %>': 'b' })).toBe(false);
  });

  it.each(['<%', '{{', '{%', '{{ <% {%', '{{\n{%\n', '{{ % {% } <% >'])(
    'stays fast on many openings without an end: %j',
    (opening) => {
      const started = performance.now();

      expect(isExpression(opening.repeat(200_000))).toBe(false);
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  it('finds the same as a search by pattern', () => {
    const marks = ['<%', '%>', '{{', '}}', '{%', '%}', '\n', 'a', '{', '}', '<', '%', '>'];
    const texts = fc.array(fc.constantFrom(...marks), { maxLength: 16 }).map((parts) => parts.join(''));

    fc.assert(
      fc.property(texts, (text) => {
        expect(isExpression(text)).toBe(/\{\{.*?\}\}|\{%.*?%\}|<%.*?%>/.test(text));
        for (const [open, close] of [
          ['<%', '%>'],
          ['{{', '}}'],
        ] as const) {
          const found = Array.from(findDelimited(text, open, close), (part) => part.found);
          expect(found).toEqual(text.match(new RegExp(`${open}.*?${close}`, 'g')) ?? []);
        }
      }),
    );
  });
});

describe('evaluating a text', () => {
  it('gives the value itself when the expression is all there is', () => {
    expect(evaluate('<% $.l %>', scope({ l: [1, 2] }))).toEqual([1, 2]);
  });

  it('gives text, as Python prints it, when there is more', () => {
    expect(evaluate('l=<% $.l %>', scope({ l: [1, null, new PyFloat(4)] }))).toBe('l=[1, None, 4.0]');
  });

  it('reads each variable from the first layer that has it', () => {
    expect(evaluate('<% $.a %>/<% $.b %>', scope({ a: 1 }, { a: 2, b: 3 }))).toBe('1/3');
  });

  it('merges the layers only for the whole', () => {
    expect(evaluate('<% $ %>', scope({ a: 1 }, { a: 2, b: 3 }))).toEqual({ a: 1, b: 3 });
  });

  it('leaves a text with both languages to Jinja', () => {
    expect(evaluate('<% $.a %> {{ _.a }}', scope({ a: 1 }))).toBe('<% $.a %> 1');
  });

  it('replaces what an earlier value has brought in', () => {
    expect(evaluate('<% $.t %> <% $.a %>', scope({ t: '<% $.a %>', a: 1 }))).toBe('1 1');
  });

  it('refuses a language that is not allowed', () => {
    expect(() => evaluate('{{ 1 }}', scope({}), { allowedLanguages: ['yaql'] })).toThrow(EvaluationError);
    expect(() => validate('{{ 1 }}', { allowedLanguages: ['yaql'] })).toThrow(GrammarError);
  });

  it('never shows the data in an error', () => {
    expect(() => evaluate('<% $.missing %>', scope({ password: 'secret' }))).toThrow(
      "Can not evaluate YAQL expression [expression=$.missing, error='missing']",
    );
  });

  it('lets a need for data through as it is', () => {
    const task = (): never => {
      throw new NeedsData('task:build');
    };
    const needy = { layers: [{ l: [1] }], functions: { ...FUNCTIONS, task } };

    expect(() => evaluate('<% $.l.groupBy($, $, task(build)) %>', needy)).toThrow(NeedsData);
  });

  it('keeps to the limit of items', () => {
    const limited = { ...scope({ l: [1, 2, 3] }), limits: { limitIterators: 2 } };

    expect(() => evaluate('<% $.l %>', limited)).toThrow('Collection length exceeds 2 elements');
    expect(() => evaluate('<% sequence() %>', limited)).toThrow('Collection length exceeds 2 elements');
    expect(evaluate('<% $.l.len() + $.l[2] %>', limited)).toBe(6);
  });

  it('reads nothing from prototypes', () => {
    expect(() => evaluate('<% $.constructor %>', scope({ a: 1 }))).toThrow(EvaluationError);
    expect(() => evaluate("<% $['__proto__'] %>", scope({ a: 1 }))).toThrow(EvaluationError);
  });
});

describe('results that can be stored', () => {
  it.each([
    ['<% set(2, 1) %>', [1, 2]],
    ['<% {1 => a, true => b} %>', { '1': 'b' }],
    ['<% {null => 1.5} %>', { null: 1.5 }],
    ['<% datetime(2020, 1, 31) %>', '2020-01-31 00:00:00+00:00'],
    ['<% timespan(hours => 1) %>', '1:00:00'],
    ["<% regex('a') %>", 'a'],
    ['{{ range(2) }}', [0, 1]],
  ])('%s is stored as %j', (text, expected) => {
    expect(evaluateToJson(text, scope({ a: 1 }))).toEqual(expected);
  });

  it('refuses what is no data', () => {
    expect(() => evaluateToJson('<% def(f, 1) %>', scope({ a: 1 }))).toThrow(EvaluationError);
  });
});

describe('evaluating data', () => {
  it('goes through lists and dicts, and leaves keys alone', () => {
    const data = { '<% $.a %>': ['<% $.a %>', { b: 'x{{ _.a }}' }], c: 5 };

    expect(evaluateRecursively(data, scope({ a: 1 }))).toEqual({ '<% $.a %>': [1, { b: 'x1' }], c: 5 });
  });

  it('returns everything untouched when the context is empty', () => {
    expect(evaluateRecursively(['<% 1 %>'], scope({}, {}))).toEqual(['<% 1 %>']);
  });

  it('shares what has no expressions', () => {
    const data = { plain: [1, 2], text: '<% 1 %>' };
    const result = evaluateRecursively(data, scope({ a: 1 })) as typeof data;

    expect(result.plain).toBe(data.plain);
  });
});

describe('budgets', () => {
  it.each([
    ['<% sequence().len() %>'],
    ['<% 1.repeat().toList() %>'],
    ['<% [1].cycle().sum() %>'],
    ["<% 'a' * 1000000000 %>"],
    ['<% [1] * 1000000000 %>'],
    ['<% pow(10, 100000000) %>'],
    ['<% shiftBitsLeft(1, 10000000000) %>'],
    ['<% def(f, f($)) -> f(1) %>'],
    ['<% def(f, f($) + f($)) -> f(1) %>'],
    ['<% generate(1, true, $ + 1).last() %>'],
    ['<% generateMany(1, [$, $]).last() %>'],
    ["<% regex('(a+)+b').search('a' * 40) %>"],
    ['<% range(3000).join(range(3000), true, 1).len() %>'],
    ["<% range(100000).aggregate($1 + 'xxxxxxxxxx', '') %>"],
    ['<% range(100000).aggregate([$1], []) %>'],
    ["x<% 'a' * 9000000 %><% 'a' * 9000000 %><% 'b' * 9000000 %>"],
  ])('end %s in an error', (text) => {
    const small = { ...scope({ a: 1 }), limits: { maxSteps: 50_000, maxOutput: 20_000_000 } };

    expect(() => evaluate(text, small)).toThrow(EvaluationError);
  });
});

it.each(['yaml_parse', 'json_parse'])('pays for the text that %s reads before it is read', (name) => {
  const scope = { layers: [{ text: `1${':59'.repeat(2_000_000)}` }], functions: FUNCTIONS };

  expect(() => evaluate(`<% ${name}($.text) %>`, scope)).toThrow('The expression takes too many steps');
  expect(() => evaluate(`{{ ${name}(_.text) }}`, scope)).toThrow('The expression takes too many steps');
});
