import { describe, expect, it } from '@jest/globals';
import { evaluateToJson, type EvaluationScope } from './index.js';

function valueOf(text: string): unknown {
  return evaluateToJson(text, { layers: [], functions: {} } as unknown as EvaluationScope);
}

describe('format in YAQL', () => {
  it.each([
    ["'{0} {1}'.format(1, a)", '1 a'],
    ["format('{} {x}', 1, x => null)", '1 None'],
    ["'{0[a]} {0[b][1]}'.format({a => 1, b => [1, 2]})", '1 2'],
    ["'{}'.format([1, a, true])", "(1, 'a', True)"],
    ["'{:>5}|{!r}'.format(x, x)", "    x|'x'"],
    ["datetime(2020, 1, 31).format('%m.%Y')", '01.2020'],
  ])('%s', (expression, text) => {
    expect(valueOf(`<% ${expression} %>`)).toBe(text);
  });

  it.each([
    ["'{0.__class__}'.format(1)", "'int' object has no attribute '__class__'"],
    ["'{0[__class__]}'.format([1])", 'tuple indices must be integers'],
    ["'{x}'.format(y => 1)", "error='x'"],
  ])('%s fails', (expression, problem) => {
    expect(() => valueOf(`<% ${expression} %>`)).toThrow(problem);
  });
});

describe('format of markup in Jinja looks fields up before it escapes', () => {
  it.each([
    ["('{0.a}-{0[b]}'|safe).format({'a': '<x>', 'b': '<y>'})", '&lt;x&gt;-&lt;y&gt;'],
    ["('{0[0]}{1}'|safe).format(['<'], '<b>'|safe)", '&lt;<b>'],
    ["('<i>{:>3}</i>'|safe).format('<')", '<i>  &lt;</i>'],
    ["('{a[b]}'|safe).format_map({'a': {'b': '<'}})", '&lt;'],
  ])('%s', (expression, text) => {
    expect(valueOf(`{{ ${expression} }}`)).toBe(text);
  });
});
