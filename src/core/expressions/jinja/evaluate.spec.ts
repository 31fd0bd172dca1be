import { describe, expect, it } from '@jest/globals';

import { parseJson, PyFloat } from '../../shared/index.js';
import { EvaluationError, GrammarError } from '../errors.js';
import { NeedsData } from '../needs-data.js';
import type { DataFunctions, EvaluationScope } from '../scope.js';
import { PyIterator, PyTuple, type Value } from '../values/index.js';
import { evaluateJinja, PyRange, recognisesJinja, validateJinja } from './index.js';

const functions: DataFunctions = { uuid: () => 'an-uuid', now: () => 0, random: () => 0.5 };
const DATA = { i: 7, s: 'Hello', n: null, l: [3, 1, 2], d: { a: 1 }, items: 'mine', __env: { region: 'eu' } };

function scopeOf(data: EvaluationScope['layers'][number], more: Partial<EvaluationScope> = {}): EvaluationScope {
  return { layers: [data], functions, ...more };
}

function evaluate(text: string, scope: EvaluationScope = scopeOf(DATA)): Value {
  return evaluateJinja(text, scope);
}

describe('recognising Jinja', () => {
  it.each([
    ['{{ x }}', true],
    ['a {% if %}', true],
    ['{{\n x }}', false],
    ['{{ x', false],
    ['{# x #}', false],
    ['{{ x\r}}', true],
    ['{{\n}} {{ y }}', true],
  ])('%j: %s', (text, expected) => {
    expect(recognisesJinja(text)).toBe(expected);
  });
});

describe('a text that is one expression', () => {
  it.each<[string, Value]>([
    ['{{ _.i }}', 7],
    ['{{_.l}}', [3, 1, 2]],
    ['{{ _.n }}', null],
    ['{{ _.l.0 }}', 3],
    ["{{ _['items'] }}", 'mine'],
    ['{{ 6 / 2 }}', new PyFloat(3)],
    ['{{ 2 ** 100 }}', 1267650600228229401496703205376n],
    ['{{ (1, 2) }}', new PyTuple([1, 2])],
    ['{{ range(3) }}', new PyRange(0, 3, 1)],
    ["{{ '<b>'|e }}", '&lt;b&gt;'],
    ["{{ ['<'|e] }}", ['&lt;']],
  ])('%s keeps its kind of value', (text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  it('may give a lazy sequence', () => {
    const value = evaluate("{{ _.l|map('string') }}");

    expect(value).toBeInstanceOf(PyIterator);
    expect([...(value as PyIterator)]).toEqual(['3', '1', '2']);
  });

  it('gives the data itself, not a copy', () => {
    expect(evaluate('{{ _.d }}')).toBe(DATA.d);
  });

  it('is not one when a brace pair comes earlier', () => {
    expect(evaluate("{{ {'a': {'b': 1}} }}")).toBe("{'a': {'b': 1}}");
  });
});

describe('any other text', () => {
  it.each([
    [' {{ _.i }}', ' 7'],
    ['{{ _.i }}{{ _.n }}', '7None'],
    ['{{ _.i }}\n', '7'],
    ['{{ _.i }}\n\n', '7\n'],
    ['{% if _.i > 5 %}big{% endif %}{{ "" }}', 'big'],
    ['{{ "a" if false }}x', 'x'],
  ])('%j renders as %j', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it('renders statements without an expression', () => {
    expect(evaluate('{% if _.i > 5 %}big{% endif %}')).toBe('big');
  });
});

describe('what is missing', () => {
  it.each([
    ['{{ _.x }}', "'dict object' has no attribute 'x'"],
    ['{{ _.x.y }}', "'dict object' has no attribute 'x'"],
    ['{{ _.i.x }}', "'int object' has no attribute 'x'"],
    ['{{ _.l[9] }}', 'list object has no element 9'],
    ['{{ x }}', "'x' is undefined"],
    ['x{{ x }}', "'x' is undefined"],
    ['{{ x == 1 }}', "'x' is undefined"],
    ['{{ _.l + x }}', "'x' is undefined"],
    ['{{ []|first }}', 'No first item, sequence was empty.'],
    ['{{ x.y|default(1) }}', "'x' is undefined"],
  ])('%s fails: %s', (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });

  it.each([
    ['{{ _.x is defined }}', false],
    ['{{ x|default(5) }}', 5],
    ["{{ _.n|default('x') }}", null],
    ["{{ _.n|default('x', true) }}", 'x'],
  ])('%s does not', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });
});

describe('the sandbox', () => {
  it.each([
    '{{ _.s.__class__ }}',
    "{{ _.s['__class__'] }}",
    "{{ _.s|attr('__class__') }}",
    "{{ '{0.__class__}'.format(1) }}",
  ])('hides attributes: %s', (text) => {
    expect(() => evaluate(text)).toThrow("access to attribute '__class__'");
  });

  it('lets keys of data begin with an underscore', () => {
    expect(evaluate('{{ _.__env.region }}{{ __env.region }}')).toBe('eueu');
  });

  it('refuses long ranges', () => {
    expect(() => evaluate('{{ range(100001) }}')).toThrow('Range too big');
  });
});

describe('methods that change data', () => {
  it.each([
    ['{{ _.l.append(4) }}{{ _.l }}', 'None[3, 1, 2, 4]'],
    ['{{ _.d.update({5: 6}) }}{{ _.d }}', "None{'a': 1, 5: 6}"],
    ['{% set x = _.l %}{{ x.sort() }}{{ _["l"] }}{{ _.l }}', 'None[1, 2, 3][1, 2, 3]'],
    ['{{ _.pop("i") }}{{ _.i is defined }}', '7False'],
    ['{% set l = [] %}{% for x in _.l %}{% set _x = l.append(x) %}{% endfor %}{{ l }}', '[3, 1, 2]'],
  ])('%s work inside one evaluation', (text, expected) => {
    const before = JSON.stringify(DATA);

    expect(evaluate(text)).toBe(expected);
    expect(evaluate(text)).toBe(expected);
    expect(JSON.stringify(DATA)).toBe(before);
  });
});

describe('the context', () => {
  it('takes a name from the first layer that has it', () => {
    const scope: EvaluationScope = { layers: [{ a: 1 }, { a: 2, b: 3 }], functions };

    expect(evaluate('{{ _.a }}{{ _.b }}{{ _ }}', scope)).toBe("13{'a': 1, 'b': 3}");
  });

  it('may be any value', () => {
    expect(evaluate('{{ _ }}', { layers: [], root: null, functions })).toBeNull();
    expect(evaluate('{{ _[1] }}', { layers: [], root: [4, 5], functions })).toBe(5);
  });

  it('asks for data that is not loaded', () => {
    const task = (): never => {
      throw new NeedsData('task build');
    };

    expect(() => evaluate("{{ task('build') }}", scopeOf(DATA, { functions: { ...functions, task } }))).toThrow(
      NeedsData,
    );
  });

  it('keeps floats and long integers apart', () => {
    const data = parseJson('{"f": 4.0, "b": 12345678901234567890}') as EvaluationScope['layers'][number];

    expect(evaluate('{{ _.f }} {{ _.b + 1 }} {{ _.f|int }}', scopeOf(data))).toBe('4.0 12345678901234567891 4');
  });
});

describe('the budget', () => {
  it.each([
    '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}{{ 1 }}',
    "{{ 'a' * 10 ** 9 }}",
    "{{ 'a'|center(10 ** 9) }}",
    '{{ [0] * 10 ** 9 }}',
    '{{ ([_.l * 1000] * 1000) * 1000 }}',
    '{% set ns = namespace(l=[]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}',
    '{% set ns = namespace(l=[], m=[]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}',
    '{% set l = [] %}{% set _x = l.append(l) %}{{ l }}',
    '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
  ])('ends %s', (text) => {
    expect(() => evaluate(text)).toThrow(EvaluationError);
  });

  it('can be set', () => {
    const scope = scopeOf(DATA, { limits: { maxSteps: 10 } });

    expect(() => evaluate('{% for i in range(20) %}{{ i }}{% endfor %}', scope)).toThrow('too many steps');
  });
});

describe('errors', () => {
  it('say which text failed', () => {
    expect(() => evaluate('{{ 1 / 0 }}')).toThrow(
      'Can not evaluate Jinja expression [expression={{ 1 / 0 }}, error=division by zero]',
    );
  });

  it('have a grammar error as cause when the text can not be read', () => {
    const causeOf = (text: string): unknown => {
      try {
        return evaluate(text);
      } catch (error) {
        return (error as Error).cause;
      }
    };

    expect(causeOf('{{ 1 + }}')).toBeInstanceOf(GrammarError);
    expect(causeOf('{{ 1|nofilter }}')).toBeInstanceOf(GrammarError);
    expect(causeOf('{{ [1]|map("nofilter")|list }}')).not.toBeInstanceOf(GrammarError);
  });

  it.each([
    ['{{ _. }}', "Syntax error 'expected name or number'."],
    ['{{ }}', "Syntax error 'Expected an expression, got 'end of print statement''."],
    ['{% do 1 %}', "Syntax error 'Encountered unknown tag 'do'.'."],
    ['{{ a && b }}', "Syntax error 'unexpected char '&' at 5'."],
    ['{{ [1, 2 }}', "Syntax error 'unexpected '}', expected ']''."],
  ])('name what is wrong with %s', (text, message) => {
    expect(() => validateJinja(text)).toThrow(message);
  });

  it('are not raised by validation for names that nobody knows', () => {
    expect(() => validateJinja('{{ x|nofilter is notest }}{{ nofunction() }}')).not.toThrow();
  });
});
