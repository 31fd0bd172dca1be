import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../shared/index.js';
import { stringifyJson } from '../shared/index.js';
import { evaluateToJson, EvaluationError, validate, type DataFunctions, type EvaluationScope } from './index.js';

const functions: DataFunctions = {
  task: (name) => ({ name, result: [1, { b: null }] }),
  tasks: ({ workflowExecutionId, state }) => [workflowExecutionId, state],
  global: (name) => `global ${name}`,
  env: () => ({ region: 'eu' }),
  execution: () => ({ id: 'e1' }),
  uuid: () => 'u',
  now: () => 0,
  random: () => 0,
};

const data: JsonObject = {
  s: '{"k": [1, 2.5]}',
  y: 'a: [x, 1]',
  d: { a: [1, { b: null }], c: 'x' },
  l: [1, { b: null }],
  pairs: { one: 1, two: 2 },
};
const scope: EvaluationScope = { layers: [data], functions };
const original: EvaluationScope = { ...scope, asOriginal: true };

function valueOf(text: string): string {
  return stringifyJson(evaluateToJson(text, scope), { style: 'python' });
}

function originalOf(text: string): Json {
  return evaluateToJson(text, original);
}

describe("Mistral's functions as Jinja filters", () => {
  it.each([
    ['{{ _.s | json_parse }}', '{"k": [1, 2.5]}'],
    ['{{ (_.s | json_parse).k[1] }}', '2.5'],
    ['{{ _.pairs | json_dump | json_parse }}', '{"one": 1, "two": 2}'],
    ['{{ _.y | yaml_parse }}', '{"a": ["x", 1]}'],
    ['{{ _.d | yaml_dump | yaml_parse == _.d }}', 'true'],
    ["{{ ['1', '[2]'] | map('json_parse') | list }}", '[1, [2]]'],
    ["{{ 'build' | task }}", '{"name": "build", "result": [1, {"b": null}]}'],
    ["{{ 'region' | global }}", '"global region"'],
    ["{{ 'e1' | tasks }}", '["e1", null]'],
    ["{{ 'e1' | tasks(state='ERROR') }}", '["e1", "ERROR"]'],
    ['{{ _.s | safe | json_parse }}', '{"k": [1, 2.5]}'],
  ])('%s gives %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });

  it.each([
    ['{{ _ | json_dump([]) }}', '"[]"'],
    ["{{ _ | json_parse('[1]') }}", '[1]'],
    ["{{ _ | json_parse(data='[1]') }}", '[1]'],
    ["{{ _ | task('build') == task('build') }}", 'true'],
    ['{{ _ | task == task() }}', 'true'],
    ["{{ _ | tasks(state='ERROR') }}", '[null, "ERROR"]'],
    ['{{ (_ | env).region }}', '"eu"'],
    ['{{ (_ | execution).id }}', '"e1"'],
  ])('keep the form of the original: %s gives %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
    expect(stringifyJson(originalOf(text), { style: 'python' })).toBe(expected);
  });

  it.each(['{{ _.s | json_parse }}', '{{ _.pairs | yaml_dump }}'])(
    'lack their argument in the original: %s',
    (text) => {
      expect(() => originalOf(text)).toThrow('missing 1 required positional argument');
    },
  );

  it.each(['{{ _.missing | task }}', '{{ _.missing | json_dump }}'])('fail for what is undefined: %s', (text) => {
    expect(() => valueOf(text)).toThrow(EvaluationError);
  });
});

describe('what functions of Mistral answer in YAQL', () => {
  it.each([
    ['<% json_parse(json_dump($.d)) = $.d %>', true],
    ['<% yaml_parse(yaml_dump($.d)) = $.d %>', true],
    ['<% task(build).result = $.l %>', true],
    ['<% json_parse(json_dump($.l)) in [$.l] %>', true],
    ['<% set(json_parse(json_dump($.l)), $.l).len() %>', 1],
    ['<% [task(a).result, task(b).result].distinct().len() %>', 1],
    ['<% dict([[$.l, 7]]).get(json_parse(json_dump($.l))) %>', 7],
  ])('equals the same data of the context, also as a key: %s', (text, expected) => {
    expect(evaluateToJson(text, scope)).toBe(expected);
    expect(() => expect(originalOf(text)).toBe(expected)).toThrow();
  });

  it.each(['<% str(json_parse(json_dump($.l))) %>', 'is <% task(a).result.len() %>, <% str(task(a)) %>'])(
    'shows as in the original: %s',
    (text) => {
      expect(evaluateToJson(text, scope)).toBe(originalOf(text));
    },
  );
});

it('renders Jinja statements without an expression, as Mistral does not', () => {
  const text = "{% if _.d.c == 'x' %}yes{% endif %}";

  expect(valueOf(text)).toBe('"yes"');
  expect(() => originalOf(text)).toThrow('list index out of range');
});

describe('sets of lists and dicts in YAQL', () => {
  it.each([
    ['<% $.pairs.items() %>', '[["one", 1], ["two", 2]]'],
    ['<% {x => $.pairs.items()} %>', '{"x": [["one", 1], ["two", 2]]}'],
    ['<% set([1]) %>', '[[1]]'],
    ['<% set({a => 1}, set(2)) %>', '[{"a": 1}, [2]]'],
    ['of <% $.pairs.items() %>', "\"of [['one', 1], ['two', 2]]\""],
  ])('are lists as a result: %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
    expect(() => originalOf(text)).toThrow(/unhashable/);
  });

  it.each([
    ['<% $.pairs.keys() %>', '["one", "two"]'],
    ['<% $.pairs.values() %>', '[1, 2]'],
    ['<% set(1, 2) %>', '[1, 2]'],
    ['<% set(1).union(set(2)) %>', '[1, 2]'],
    ['of <% set(1) %>', '"of {1}"'],
  ])('and other sets too, shown as sets: %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });
});

describe('positions in what validation says', () => {
  it.each([
    ['<% ) %>', "Parse error: unexpected ')' at position 1 of expression ' ) '"],
    ['<%  $.a # %>', "Lexical error: illegal character '#' at position 6"],
    ['a <% $.a %> <%) %>', "Parse error: unexpected ')' at position 0 of expression ') '"],
  ])('count from the delimiter: %s', (text, message) => {
    expect(() => {
      validate(text);
    }).toThrow(message);
  });

  it('count from the first character of the expression in what evaluation says', () => {
    expect(() => evaluateToJson('<% ) %>', scope)).toThrow("unexpected ')' at position 0 of expression ')'");
  });
});
