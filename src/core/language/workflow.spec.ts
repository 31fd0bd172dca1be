import { describe, expect, it } from '@jest/globals';

import { parseActions, parseWorkflows, workflowFromRaw, type LanguageOptions, type WorkflowSpec } from './index.js';

const options: LanguageOptions = { validateExpression: () => undefined };

function parse(text: string): WorkflowSpec {
  const [definition] = parseWorkflows(text, options);
  if (definition === undefined) throw new Error('no workflow');
  return definition.spec;
}

function tasks(yaml: string): WorkflowSpec {
  return parse(`version: '2.0'\nwf:\n  tasks:\n${yaml.replace(/^/gm, '    ')}\n`);
}

describe('a workflow', () => {
  const text = `
version: '2.0'
wf:
  description: a flow
  input: [a, {b: 1}, {c: null}]
  vars: {v: <% $.a %>}
  output: {o: <% $.v %>}
  task-defaults:
    retry: {count: 2, delay: 0}
    timeout: 5
    on-error: [cleanup, fail]
  tasks:
    t1:
      action: std.echo output="x"
      wait-before: 1
      timeout: 0
      on-success:
        publish: {branch: {r: <% task().result %>}, global: {g: 1}}
        next: [{t2: <% $.r %>}, "fail msg='a b'"]
    t2: {with-items: ['i in [1, 2]', 'j in <% $.l %>'], action: std.noop, on-complete: t3}
    t3: {join: one, keep-result: false, safe-rerun: true}
    cleanup: {workflow: other, input: <% $.all %>}
`;

  it('is read with its tasks, defaults and order', () => {
    const spec = parse(text);

    expect(spec.input).toEqual([
      { name: 'a', defaultValue: undefined },
      { name: 'b', defaultValue: 1 },
      { name: 'c', defaultValue: null },
    ]);
    expect(spec.startTasks).toEqual(['t1']);
    expect([...spec.inbound]).toEqual([
      ['t2', ['t1']],
      ['fail', ['t1', 't2', 't3', 'cleanup']],
      ['cleanup', ['t1', 't2', 't3']],
      ['t3', ['t2']],
    ]);
    expect(spec.tasks.get('t1')).toMatchObject({
      action: { name: 'std.echo', params: { output: 'x' } },
      policies: { waitBefore: 1, timeout: 5, retry: { count: 2, delay: 0 } },
      on: {
        'on-success': {
          publish: { branch: { r: '<% task().result %>' }, global: { g: 1 } },
          next: [
            { target: 't2', guard: '<% $.r %>', params: {} },
            { target: 'fail', params: { msg: 'a b' } },
          ],
        },
        'on-error': { next: [{ target: 'cleanup' }, { target: 'fail' }] },
      },
      raw: { type: 'direct', name: 't1', version: '2.0' },
    });
    expect(spec.tasks.get('cleanup')?.on['on-error']?.next).toEqual([{ target: 'fail', params: {} }]);
    expect(spec.tasks.get('t2')?.withItems).toEqual([
      { variable: 'i', list: [1, 2] },
      { variable: 'j', list: '<% $.l %>' },
    ]);
    expect(spec.tasks.get('t3')).toMatchObject({ join: 1, keepResult: false, safeRerun: true });
  });

  it('is the same when built from its stored dict', () => {
    const spec = parse(text);

    expect(workflowFromRaw(spec.raw)).toEqual(spec);
  });
});

it('takes a bare dict for a guarded target', () => {
  expect(tasks('a: {on-success: {b: <% $.x %>}}\nb: {action: x}').tasks.get('a')?.on).toEqual({
    'on-success': { next: [{ target: 'b', guard: '<% $.x %>', params: {} }] },
  });
});

it('refuses two guarded targets in one dict', () => {
  const text = 'a: {on-success: {b: <% $.x %>, c: <% $.y %>}}\nb: {action: x}\nc: {action: x}';

  expect(() => tasks(text)).toThrow("Invalid DSL: {'b': '<% $.x %>', 'c': '<% $.y %>'} is not valid under any");
});

it('takes whole floats for integers', () => {
  const spec = tasks('a: {on-success: b, concurrency: 2.0, retry: {count: 3.0, delay: 0}}\nb: {join: 1.0}');

  expect(spec.tasks.get('a')?.policies).toMatchObject({ concurrency: 2, retry: { count: 3, delay: 0 } });
  expect(spec.tasks.get('b')?.join).toBe(1);
});

it('refuses tasks that require each other', () => {
  const text =
    "version: '2.0'\nwf:\n  type: reverse\n  tasks:\n    a: {requires: b}\n    b: {requires: [c]}\n    c: {requires: b}\n";

  expect(() => parse(text)).toThrow('Tasks require each other: b -> c -> b');
});

it('takes join 0 for none and reads requires with the defaults', () => {
  expect(tasks('a: {on-success: b}\nb: {join: 0}').tasks.get('b')?.join).toBeUndefined();
  const reverse = parse(
    "version: '2.0'\nwf:\n  type: reverse\n  task-defaults: {requires: a}\n  tasks: {a: {action: x}, b: {requires: [c]}, c: {action: x}}\n",
  );
  expect([...reverse.tasks.values()].map(({ requires }) => requires)).toEqual([[], ['c', 'a'], ['a']]);
});

describe('errors', () => {
  it.each<[string, string, number, number]>([
    ['a: {action: x, retry: {count: 1}}', "Invalid DSL: 'delay' is a required property", 4, 20],
    ['a: {on-success: zz}', "Task 'zz' not found.", 4, 9],
    [
      'a: {on-success: b}\nb: {join: 3}',
      "Not enough inbound tasks for task with 'join' [task_name=b, join=3, inbound_tasks=1]",
      5,
      9,
    ],
    [
      'a: {on-success: a}',
      'Failed to find start tasks in direct workflow. There must be at least one task without inbound transition.[workflow_name=wf]',
      3,
      3,
    ],
    ['no: {action: x}', 'Invalid DSL: the key False is no text (put it in quotes)', 3, 3],
    ['a-b: {}', 'Invalid DSL: {} should be non-empty', 4, 5],
    [
      'a: {publish: {x: {y: 2020-01-01}}}',
      'Invalid DSL: 2020-01-01 is read as a date, put it in quotes to keep it as text',
      4,
      23,
    ],
    [
      "a: {action: x, on-success: [{'b c': true}]}",
      'Invalid DSL: True is not valid under any of the given schemas',
      4,
      34,
    ],
    [
      'a: {action: x y=1, input: <% $.all %>}',
      "Invalid DSL: task 'a': the parameters written behind the action can't be combined with an 'input' that is one expression",
      4,
      24,
    ],
  ])('%s', (yaml, message, line, column) => {
    expect(() => tasks(yaml)).toThrow(expect.objectContaining({ message, line, column }));
  });
});

describe('refuses', () => {
  it.each([
    ['5', '5'],
    ['true', 'True'],
    ['null', 'None'],
    ['1.5', '1.5'],
  ])('a workflow or action named %s', (written, shown) => {
    const sentence = `the name ${shown} is no text`;
    expect(() => parse(`version: '2.0'\n${written}:\n  tasks: {a: {action: std.noop}}`)).toThrow(sentence);
    expect(() => parseActions(`version: '2.0'\n${written}: {base: std.noop}`, options)).toThrow(sentence);
  });

  it.each(['"=x count=3 delay=1"', '"(count=3 delay=1)"', '"-n count=3 delay=1"'])('%s as a retry', (retry) => {
    expect(() => tasks(`a: {action: std.noop, retry: ${retry}}`)).toThrow('Invalid action/workflow task property');
  });

  it.each(['[{b c: <% true %>}]', '{b c: <% true %>}', '{next: [{b c: <% true %>}]}', '[{"": <% true %>}]'])(
    'a key of an on-clause that is no target: %s',
    (clause) => {
      expect(() => tasks(`a: {action: std.noop, on-success: ${clause}}\nb: {action: std.noop}`)).toThrow('Invalid DSL');
    },
  );
});

it('takes a message in the key of an on-clause', () => {
  const spec = tasks(`a: {action: std.noop, on-success: [{"fail(msg='a b')": <% true %>}, {fail msg=x: <% true %>}]}`);

  expect(spec.tasks.get('a')?.on['on-success']?.next).toMatchObject([
    { target: 'fail', params: { msg: 'a b' } },
    { target: 'fail', params: {} },
  ]);
});
