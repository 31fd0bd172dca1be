import { describe, expect, it } from '@jest/globals';

import { parseActions, parseWorkbook, parseWorkflows, type LanguageOptions } from './index.js';

const options: LanguageOptions = { validateExpression: () => undefined };

describe('a workbook', () => {
  const text = `version: '2.0'
name: book
tags: [shelf]
actions:
  say:
    input: [a, b: 2]   # two
    base: std.noop
  # the second
  shout: {base: std.noop}
workflows:
  one:
    tags: [first]

    tasks:
      # comment
      t: {action: std.noop}
  two: {tasks: {t: {action: std.noop}}}
`;

  it('gives its members by short name with their own texts', () => {
    const book = parseWorkbook(text, options);

    expect(book).toMatchObject({ name: 'book', tags: ['shelf'] });
    expect(book.actions.map(({ spec, text: own }) => [spec.name, own])).toEqual([
      ['say', 'say:\n  input: [a, b: 2]   # two\n  base: std.noop\n# the second\n'],
      ['shout', 'shout: {base: std.noop}\n'],
    ]);
    expect(book.workflows.map(({ spec, text: own }) => [spec.name, own])).toEqual([
      ['one', 'one:\n  tags: [first]\n\n  tasks:\n    # comment\n    t: {action: std.noop}\n'],
      ['two', 'two: {tasks: {t: {action: std.noop}}}\n'],
    ]);
  });

  it('keeps the members as stored', () => {
    expect(parseWorkbook(text, options).raw).toMatchObject({
      actions: { say: { name: 'say', version: '2.0' }, version: '2.0' },
      workflows: { one: { tasks: { t: { type: 'direct', name: 't' } } } },
    });
  });

  it('dumps members that are written in braces', () => {
    const book = parseWorkbook("{version: '2.0', name: b, actions: {a: {base: std.noop}}}", options);

    expect(book.actions[0]?.text).toBe('a:\n  base: std.noop\n');
  });

  it.each([
    ["version: '3.0'\nname: b\n", 'Unsupported DSL version: 3.0'],
    ['version: x\nname: b\n', 'Unsupported DSL version: x'],
    ['version: 2.0\nname: b\n', ''],
    ['version: 2\nname: b\n', ''],
    ['name: b\n', "Invalid DSL: 'version' is a required property"],
    ["version: '2.0'\nname: 5\n", "Invalid DSL: 5 is not of type 'string'"],
    [
      "version: '2.0'\nname: b\ntriggers: {}\n",
      "Invalid DSL: Additional properties are not allowed ('triggers' was unexpected)",
    ],
    [
      "version: '2.0'\nname: b\nactions: {a.b: {base: x}}\n",
      "Invalid DSL: 'a.b' does not match any of the regexes: '^(?!version$)[\\\\w-]+$', '^version$'",
    ],
    ["version: '2.0'\nname: b\nactions: {a: 5}\n", "Invalid DSL: 5 is not of type 'object'"],
    [
      "version: '2.0'\nname: b\nactions: {version: '2.0'}\n",
      "At least one item must be in the list [data={'version': '2.0'}].",
    ],
  ])('%j', (definition, message) => {
    const parse = (): unknown => parseWorkbook(definition, options);
    if (message === '') expect(parse()).toMatchObject({ name: 'b' });
    else expect(parse).toThrow(message);
  });
});

describe('lists', () => {
  it('dump several workflows apart and keep one as it is', () => {
    const two =
      "# c\nversion: '2.0'\na:\n  tags: [x]   # inline\n  tasks: {t: {action: std.noop}}\nb: {tasks: {t: {action: std.noop}}}\n";

    expect(parseWorkflows(two, options).map(({ text }) => text)).toEqual([
      "version: '2.0'\na:\n  tags:\n  - x\n  tasks:\n    t:\n      action: std.noop\n",
      "version: '2.0'\nb:\n  tasks:\n    t:\n      action: std.noop\n",
    ]);
    const one = "# c\nversion: '2.0'\na: {tasks: {t: {action: std.noop}}}\n";
    expect(parseWorkflows(one, options).map(({ text }) => text)).toEqual([one]);
  });

  it('read ad-hoc actions, each with the whole text', () => {
    const text =
      'version: \'2.0\'\na: {base: std.echo output="<% $.x %>", input: [x], output: null}\nb: {base: std.noop, base-input: {y: 1}}\n';

    expect(parseActions(text, options)).toMatchObject([
      {
        text,
        spec: {
          name: 'a',
          base: { name: 'std.echo', params: { output: '<% $.x %>' } },
          input: [{ name: 'x' }],
          output: undefined,
        },
      },
      { text, spec: { name: 'b', baseInput: { y: 1 } } },
    ]);
  });

  it('refuse an empty text and what is no mapping', () => {
    expect(() => parseWorkflows('', options)).toThrow("Invalid DSL: 'version' is a required property");
    expect(() => parseWorkflows('just text', options)).toThrow("Invalid DSL: 'just text' is not of type 'object'");
    expect(() => parseWorkflows('a: [', options)).toThrow(
      'Definition could not be parsed: while parsing a flow node\n',
    );
  });
});
