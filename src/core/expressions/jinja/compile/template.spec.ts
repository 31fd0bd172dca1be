import { describe, expect, it } from '@jest/globals';

import { evaluateJinja } from '../index.js';

const scope = {
  layers: [
    {
      l: [3, 1, 2],
      d: { a: 1, b: 2 },
      nest: [1, [2, [3]]],
      html: '<b>',
      rows: [
        { k: 'a', v: 1 },
        { k: 'b', v: 2 },
      ],
    },
  ],
  functions: { uuid: () => 'u', now: () => 0, random: () => 0.5 },
};

function render(text: string): unknown {
  return evaluateJinja(`${text}{{ '' }}`, scope);
}

describe('white space', () => {
  it.each([
    ['a \n{% if true %}\nb\n{% endif %}\nc', 'a \nb\nc'],
    ['  {% if true %}\n  b\n  {% endif %}\nc', '  b\nc'],
    ['a\n  {%- if true %} b {% endif -%}\n c', 'a b c'],
    ['{%- if true -%} a {%- endif -%} b', 'ab'],
    ['  {%+ if true %}x{% endif %}', '  x'],
    ['line\n{# c #}\nend', 'line\nend'],
    ['a {{- 1 -}} b', 'a1b'],
    ['{% raw %}{{ x }}{% endraw %}', '{{ x }}'],
    ['{%- raw -%} {{ x }} {%- endraw -%} y', '{{ x }}y'],
  ])('%j gives %j', (text, expected) => {
    expect(render(text)).toBe(expected);
  });
});

describe('loops', () => {
  it.each([
    [
      '{% for x in _.l %}{{ loop.index }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }} {% endfor %}',
      '12TrueFalse 21FalseFalse 30FalseTrue ',
    ],
    ['{% for x in _.l if x > 1 %}{{ loop.index }}/{{ loop.length }}{{ x }} {% endfor %}', '1/23 2/22 '],
    ['{% for x in [] %}a{% else %}none{% endfor %}', 'none'],
    ['{% for k, v in _.d.items() %}{{ k }}{{ v }}{% endfor %}', 'a1b2'],
    ['{% for x in _.nest recursive %}[{{ loop(x) if x is iterable else x }}]{% endfor %}', '[1][[2][[3]]]'],
    ["{% for x in _.l %}{{ loop.previtem|d('-') }}{{ loop.nextitem|d('-') }} {% endfor %}", '-1 32 1- '],
    ['{% for x in _.l %}{{ loop.cycle("a", "b") }}{{ loop.changed(1) }} {% endfor %}', 'aTrue bFalse aFalse '],
    ['{% for x in _.l %}{{ x }}{% set x = 9 %}{{ x }} {% endfor %}', '39 19 29 '],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    ['{% for loop in _.l %}{% endfor %}', "Can't assign to special loop variable"],
    ['{% for a, b in [1] %}{% endfor %}', 'cannot unpack non-iterable int object'],
    ['{% for a, b in [(1, 2, 3)] %}{% endfor %}', 'too many values to unpack (expected 2)'],
    ['{% for a in 5 %}{% endfor %}', "'int' object is not iterable"],
    ['{% for k in _.d %}{{ _.d.update({k ~ 1: 1}) }}{% endfor %}', 'changed size during iteration'],
  ])('%s fails', (text, message) => {
    expect(() => render(text)).toThrow(message);
  });
});

describe('variables', () => {
  it.each([
    ['{% set x = 0 %}{% for i in _.l %}{% set x = x + i %}{% endfor %}{{ x }}', '0'],
    ['{% set ns = namespace(x=0) %}{% for i in _.l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}', '6'],
    ['{% if true %}{% set x = 2 %}{% endif %}{{ x }}', '2'],
    ['{% if false %}{% set _ = 2 %}{% endif %}{{ _.d.a }}', '1'],
    ['{% set a, b = 1, 2 %}{{ a + b }}', '3'],
    ['{% set x | upper %}ab{% endset %}{{ x }}', 'AB'],
    ['{% set a = 5 %}{% with a = a + 1, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}', '655'],
    ['{% for y in _.l %}{{ x is defined }}{% set x = y %}{% endfor %}', 'FalseFalseFalse'],
    ['{% set x = none %}{{ x }}', 'None'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it('of namespaces only are set by attribute', () => {
    expect(() => render('{% set d = {} %}{% set d.x = 1 %}')).toThrow(
      'cannot assign attribute on non-namespace object',
    );
  });
});

describe('macros', () => {
  it.each([
    ['{% macro m(a, b=a) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, b=2) }}', '1-1 1-2'],
    ['{% macro m() %}[{{ caller(1) }}]{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}', '[1]'],
    ['{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, k=2) }}', "(1,){'k': 2}"],
    ['{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}', '2'],
    ['{% macro f(n) %}{{ 1 if n == 0 else n * f(n - 1)|int }}{% endmacro %}{{ f(5) }}', '120'],
    ['{% macro m(a) %}{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m }}', "m('a',)<Macro 'm'>"],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    ['{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}', "parameter 'a' was not provided"],
    ['{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}', "macro 'm' takes not more than 1 argument(s)"],
    ['{% macro m(a) %}{% endmacro %}{{ m(b=2) }}', "macro 'm' takes no keyword argument 'b'"],
  ])('%s fails', (text, message) => {
    expect(() => render(text)).toThrow(message);
  });
});

describe('blocks', () => {
  it.each([
    ['{% set y = 3 %}{% block a %}{{ y }}{% endblock %}{{ self.a() }}', '33'],
    ['{% for x in _.l %}{% block a %}{{ x is defined }}{% endblock %}{% endfor %}', 'FalseFalseFalse'],
    ['{% for x in _.l %}{% block a scoped %}{{ x }}{% endblock %}{% endfor %}', '312'],
    ['{% filter upper %}a{{ _.l }}{% endfilter %}', 'A[3, 1, 2]'],
    ['{% autoescape true %}{{ _.html }}{{ _.html|safe }}{% endautoescape %}{{ _.html }}', '&lt;b&gt;<b><b>'],
    ['{% macro m() %}<{% endmacro %}{% autoescape true %}{{ m() }}{% endautoescape %}', '<'],
    ["{% include [] ignore missing %}{% if false %}{% extends 'a' %}{% endif %}x", 'x'],
    ['{% if false %}{{ 1|nofilter }}{% endif %}x', 'x'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    ["{% include 'a' %}", 'no loader'],
    ["{% from 'a' import b %}", 'no loader'],
    ['{% block a %}{% endblock %}{% block a %}{% endblock %}', "block 'a' defined twice"],
    ['{% block a %}{{ super() }}{% endblock %}', "there is no parent block called 'a'"],
    ['{% if true %}{{ 1|nofilter }}{% endif %}', "No filter named 'nofilter' found"],
  ])('%s fails', (text, message) => {
    expect(() => render(text)).toThrow(message);
  });
});
