import { describe, expect, it } from '@jest/globals';
import { error, never, play, success } from './play.js';

describe('publish', () => {
  it('5.07 publish sees the old context', () => {
    const run = play('a: {action: std.noop, publish: {a: 1, b: <% $.a %>}}');

    expect(run.state).toBe('ERROR');
    expect(run.info).toContain("expression=$.a, error='a'");
  });

  it.each([
    ['SUCCESS', 'publish', 'on-success', 'acme.do', { x: 'complete', y: 'task', z: 'clause' }],
    ['ERROR', 'publish-on-error', 'on-error', 'std.fail', { x: 'complete', y: 'task', z: 'clause' }],
  ])(
    'of one name on-complete wins over the task, and that over the clause of %s',
    (_state, own, clause, action, published) => {
      const run = play(
        `a: {action: ${action}, ${own}: {x: task, y: task}, on-complete: {publish: {branch: {x: complete}, global: {g: complete}}},
         ${clause}: {publish: {branch: {x: clause, y: clause, z: clause}, global: {g: clause}}, next: noop}}`.replace(
          /\n\s+/,
          ' ',
        ),
        {
          actions: action === 'acme.do' ? { a: success(1) } : {},
          head: 'output: {g: <% global(g) %>}\noutput-on-error: {g: <% global(g) %>}',
        },
      );

      expect(run.task('a').published).toEqual(published);
      expect(run.output).toMatchObject({ g: 'complete' });
    },
  );

  it('dicts that are written for one name are merged', () => {
    const run = play(
      'a: {action: std.noop, publish: {x: {a: 1, b: 1}}, on-complete: {publish: {branch: {x: {b: 2}}}}}',
    );

    expect(run.output).toEqual({ x: { a: 1, b: 2 } });
  });

  it('5.08 a publish that fails ends the workflow even with on-error', () => {
    const run = play(`
      a: {action: std.noop, publish: {x: <% $.nope %>}, on-error: b}
      b: {action: std.noop}`);

    expect([run.state, run.order]).toEqual(['ERROR', ['a']]);
  });

  it('5.17 the output is what the last tasks have published, else nothing', () => {
    expect(play('a: {action: std.noop, publish: {x: 1}}\nb: {action: std.noop, publish: {y: 2}}').output).toEqual({
      x: 1,
      y: 2,
    });
    expect(play('a: {action: std.noop}').output).toEqual({});
  });

  it('5.18 an empty output is refused', () => {
    expect(() => play('a: {action: std.noop}', { head: 'output: {}' })).toThrow('Invalid DSL');
  });

  it('5.19 the output of a failed workflow holds what was published', () => {
    const run = play(`
      a: {action: std.noop, publish: {x: 1}, on-success: b}
      b: {action: std.fail}`);

    expect(run.output).toEqual({ result: run.info, x: 1 });
  });

  it('5.20 null and false are published like any value', () => {
    expect(play('a: {action: std.noop, publish: {x: null, y: false}}').output).toEqual({ x: null, y: false });
  });

  it('5.21 a published dict replaces the old one, but dicts of two branches are merged at a join', () => {
    const run = play(`
      a: {action: std.noop, publish: {g: {a: 1}}, on-success: b}
      b: {action: std.noop, publish: {g: {}}}`);
    const joined = play(`
      a: {action: std.noop, publish: {g: {a: 1}}, on-success: j}
      b: {action: std.noop, publish: {g: {b: 2}}, on-success: j}
      j: {join: all}`);

    expect(run.output).toEqual({ g: {} });
    expect(joined.output).toEqual({ g: { a: 1, b: 2 } });
  });

  it('5.22 at a join a later write wins over an untouched copy', () => {
    const run = play(`
      s: {action: std.noop, publish: {a: 0, b: 0}, on-success: [l, r]}
      l: {action: std.noop, publish: {a: 1}, on-success: j}
      r: {action: std.noop, publish: {b: 1}, on-success: j}
      j: {join: all}`);

    expect(run.output).toEqual({ a: 1, b: 1 });
  });

  it('5.23 of two branches that wrote equally often the one created last wins (in Mistral: either)', () => {
    const tasks = (left: number, right: number): string => `
      l: {action: acme.l, publish: {x: ${left}}, on-success: j}
      r: {action: acme.r, publish: {x: ${right}}, on-success: j}
      j: {join: all}`;

    expect(play(tasks(1, 2), { actions: { l: success(0, 5), r: success(0) } }).output).toEqual({ x: 2 });
    expect(play(tasks(1, 2), { actions: { l: success(0), r: success(0, 5) } }).output).toEqual({ x: 2 });
  });

  it('5.24 versions are part of the context after a publish, and no part of the output', () => {
    const run = play(`
      a: {action: std.echo output=<% '__versions' in $.keys() %>, publish: {x: 1, before: <% task().result %>}, on-success: b}
      b: {action: std.echo output=<% '__versions' in $.keys() %>, publish: {after: <% task().result %>}}`);

    expect(run.output).toEqual({ x: 1, before: false, after: true });
  });

  it('5.51 what a skipped task publishes is seen behind a join (Mistral loses it)', () => {
    const run = play(
      `
      a: {action: acme.do, publish-on-skip: {x: skipped}, on-success: j}
      b: {action: std.noop, on-success: j}
      j: {join: all, publish: {y: <% $.x %>}}`,
      { actions: { a: error('no') }, events: [{ kind: 'skip', task: 'a' }] },
    );

    expect(run.output).toEqual({ x: 'skipped', y: 'skipped' });
  });
});

describe('the environment and the input', () => {
  const SUB =
    'sub: {input: [x: 1], output: {e: <% env() %>, p: <% execution().params.env %>}, tasks: {s: {action: std.noop}}}';

  it('5.25 env() in a sub-workflow is that of the root', () => {
    const run = play('t: {workflow: sub, publish: {r: <% task().result %>}}', { also: SUB, params: { env: { k: 1 } } });

    expect(run.output).toEqual({ r: { e: { k: 1 }, p: {} } });
  });

  it('5.26 evaluate_env: false keeps expressions in the environment as text', () => {
    const env = { a: 1, b: '<% env().a %>' };
    const task = 'a: {action: std.echo output=<% env().b %>}';

    expect(play(task, { params: { env } }).task('a').result).toBe(1);
    expect(play(task, { params: { env, evaluate_env: false } }).task('a').result).toBe('<% env().a %>');
  });

  it('5.27 expressions in the input of a start are never evaluated', () => {
    const run = play('a: {action: std.echo output=<% $.i %>}', {
      head: 'input: [i]',
      input: { i: '<% env().k %>' },
      params: { env: { k: 1 } },
    });

    expect(run.task('a').result).toBe('<% env().k %>');
  });

  it('5.65 $ holds internal keys', () => {
    const run = play('a: {action: std.echo output=<% $.keys().toList() %>}', { head: 'input: [i: 1]' });

    expect(run.task('a').result).toEqual(expect.arrayContaining(['__env', '__execution', '__task_execution', 'i']));
  });
});

describe('data functions', () => {
  it('5.61 task() of a task that was not created is null', () => {
    const run = (output: string) =>
      play(`
      a: {action: std.noop, on-success: [c], on-error: [b]}
      b: {action: std.noop}
      c: {action: std.echo, input: {output: "${output}"}}`);

    expect(run('<% task(b) %>').task('c').result).toBeNull();
    expect(run('<% task(b).name %>').state).toBe('ERROR');
    expect(run("{{ task('b') }}").task('c').result).toBeNull();
  });

  it('5.62 in the output of a workflow task() is null and task(name) is the task', () => {
    const run = play('a: {action: std.noop}', { head: 'output: {own: <% task() %>, named: <% task(a).state %>}' });

    expect(run.output).toEqual({ own: null, named: 'SUCCESS' });
  });
});

describe('state info', () => {
  it('5.63 is text, where the action keeps its data', () => {
    const run = play('a: {action: std.fail, input: {error_data: [1, a, true]}}');
    const message = play('a: {action: std.noop, on-success: fail msg=<% dict(k => 1) %>}');

    expect(run.task('a')).toMatchObject({ info: "[1, 'a', True]", result: [1, 'a', true] });
    expect(message.info).toBe('{"k": 1}');
  });

  it('5.64 is cut at 65,500 characters, where the action keeps its data', () => {
    const run = play('a: {action: acme.do}', { actions: { a: error('x'.repeat(70_000)) } });

    expect(run.task('a').info).toHaveLength(65_503);
    expect(run.task('a').result).toHaveLength(70_000);
  });

  it('5.70 of std.fail begins as the original text does', () => {
    expect(play('a: {action: std.fail}').task('a').info).toMatch(
      /^The action raised an exception \[action=Fail action, action_ex_id=[0-9a-f-]{36}, msg='Fail action expected exception\.'\]/,
    );
  });
});

describe('an error of a publish or guard says what went on', () => {
  const handled = (child: string): string =>
    `Failed to handle action completion [error=E, wf=w, task=t, action=${child}]`;
  const failed = 'Failed to complete task [error=E, wf=w, task=t]';
  const bad = 'publish: {x: <% $.nope %>}';

  it.each([
    ['an action has ended', `t: {action: std.noop, ${bad}}`, handled('std.noop')],
    ['a guard', 't: {action: std.noop, on-success: [{noop: <% $.nope %>}]}', handled('std.noop')],
    ['all items have ended', `t: {with-items: 'i in [1, 2]', action: std.noop, ${bad}}`, handled('std.noop')],
    [
      'there are no items',
      `t: {with-items: 'i in <% [] %>', action: std.noop, ${bad}}`,
      'Failed to run task [error=E, wf=w, task=t]',
    ],
    ['a sub-workflow has ended', `t: {workflow: sub, ${bad}}`, handled('sub')],
    ['a wait is over', 't: {action: std.noop, wait-after: 1, fail-on: <% $.nope %>}', failed],
    ['its time is over', 't: {action: acme.do, timeout: 1, publish-on-error: {x: <% $.nope %>}}', failed],
    [
      'a join has failed',
      'a: {action: std.noop, on-error: t, on-success: b}\nb: {action: std.noop, on-success: t}\nt: {join: all, action: std.noop, publish-on-error: {x: <% $.nope %>}}',
      failed,
    ],
  ])('%s', (_when, tasks, text) => {
    const run = play(tasks, {
      also: 'sub: {tasks: {s: {action: std.noop}}}',
      actions: tasks.includes('acme') ? { t: never } : {},
    });

    expect(run.info?.replace(/error=.*?\], wf/, 'error=E, wf')).toBe(text);
  });
});
