import fc from 'fast-check';

const WORKFLOW = `  input: [vm: a1]
  output: {o: <% $.get(x) %>}
  tasks:
    t: {action: std.echo output=<% $.vm %>, publish: {x: <% task().result %>}, on-success: u}
    u: {action: std.noop}
`;
const FAILING = `  tasks: {t: {action: std.fail}}
`;
const ITEMS = `  tasks: {t: {with-items: i in <% [1, 2] %>, action: std.echo output=<% $.i %>}}
`;
const WAITING = `  tags: [slow]
  tasks: {t: {action: std.async_noop}}
`;
const NESTED = `  tasks: {t: {workflow: one}}
`;
const ACTION = `  base: std.echo
  base-input: {output: <% $.to %>}
  input: [to]
`;
const REVERSE = `  type: reverse
  tasks: {t: {action: std.noop, requires: u}, u: {action: std.noop}}
`;

const names = fc.constantFrom('one', 'two', 'three', 'four', 'five');
const workflow = fc.constantFrom(WORKFLOW, FAILING, ITEMS, WAITING, NESTED, REVERSE);
const workflows = fc
  .array(fc.tuple(names, workflow), { minLength: 1, maxLength: 2 })
  .map((all) => `version: '2.0'\n${all.map(([name, text]) => `${name}:\n${text}`).join('')}`);
const actions = names.map((name) => `version: '2.0'\n${name}:\n${ACTION}`);
const workbooks = fc
  .tuple(names, workflow)
  .map(([name, text]) => `version: '2.0'\nname: ${name}\nworkflows:\n  w:\n${text.replace(/^/gm, '  ').trimEnd()}\n`);
const code = fc.constant('export class Greet { run() { return 1; } }\n');

const RIGHT: Readonly<Record<string, fc.Arbitrary<string>>> = { workflows, actions, workbooks, code_sources: code };
const all = fc.oneof(workflows, actions, workbooks, code);

/** A text to upload: mostly what the collection takes, else another's, a damaged one or nonsense. */
export function uploads(collection: string, example: string): fc.Arbitrary<string> {
  const right = RIGHT[collection] ?? all;
  return fc.oneof(
    { weight: 8, arbitrary: right },
    { weight: 1, arbitrary: fc.constant(example) },
    { weight: 1, arbitrary: all },
    { weight: 3, arbitrary: damaged(right) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );
}

/** A text with a few characters taken out and others put in. */
export function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const inserts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom('- ', '{', '<% $.', '{{ ', '\t', '&a *a'),
  );
  return fc.tuple(texts, fc.nat(1000), fc.nat(6), inserts).map(([text, at, count, insert]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + insert + text.slice(start + count);
  });
}
