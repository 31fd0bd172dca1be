import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import { explain, type OutsideFacts } from './why.js';
import type { ExplainedTask, Explanation } from './why-types.js';

const NOTHING: OutsideFacts = { claims: new Map(), undelivered: 0 };
const wf = (tasks: string, head = ''): string => `version: '2.0'\nw:\n${head}  tasks:\n${tasks}`;

function why(run: Run, facts = NOTHING): Explanation {
  return explain(run.flow(), facts);
}

function only(explanation: Explanation): ExplainedTask {
  const [task] = explanation.tasks;
  if (task === undefined || explanation.tasks.length !== 1) throw new Error('not one task');
  return task;
}

describe('why', () => {
  it('names who will complete an asynchronous action', () => {
    const run = new Run(wf('    a: {action: std.async_noop, timeout: 60}\n', '  timeout: 3600\n')).start();
    const id = run.flow().actionsOf(run.task('a').id)[0]?.id ?? '';
    const explained = why(run);

    expect(explained).toMatchObject({
      state: 'RUNNING',
      why: 'It ends when this task has ended.',
      until: '2026-01-01 13:00:00',
    });
    expect(only(explained)).toMatchObject({
      name: 'a',
      timeout_at: '2026-01-01 12:01:00',
      why: `Action std.async_noop has been started; its result comes from outside by PUT /v2/action_executions/${id}.`,
      waits_for: [{ kind: 'action', id, state: 'RUNNING', since: '2026-01-01 12:00:00' }],
    });
  });

  it('names the executor that holds an action, and until when, or that none has it', () => {
    const run = new Run(wf('    a: {action: std.sleep}\n')).start();
    const id = run.flow().actionsOf(run.task('a').id)[0]?.id ?? '';
    const at = run.flow().execution.createdAt;
    const claim = { claimedBy: 'node-1/x', claimedAt: at, leaseUntil: at + 10_000_000, attempts: 2 };

    expect(only(why(run)).why).toBe('Action std.sleep waits for an executor with a free place.');
    expect(only(why(run, { claims: new Map([[id, claim]]), undelivered: 1 })).waits_for).toMatchObject([
      { held_by: 'node-1/x', until: '2026-01-01 12:00:10', attempts: 2 },
    ]);
  });

  it.each([
    ['wait-before: 5', 'It waits before it starts (wait-before).'],
    ['wait-after: 5', 'It has run and waits before it ends (wait-after).'],
    ['retry: {count: 1, delay: 5}, fail-on: true', 'Its last attempt failed; it waits for the next one (retry).'],
  ])('says until when a task is delayed: %s', (policy, text) => {
    const run = new Run(wf(`    a: {action: std.noop, ${policy}}\n`)).start();

    expect(only(why(run))).toMatchObject({ why: text, waits_for: [{ kind: 'timer', until: '2026-01-01 12:00:05' }] });
  });

  it('lists the tasks that a join waits for', () => {
    const run = new Run(
      wf(`    a: {action: std.noop, on-success: j}
    b: {action: std.async_noop, on-success: c}
    c: {action: std.noop, on-success: j}
    d: {action: std.async_noop, on-success: j}
    j: {join: all}
`),
    ).start();
    const join = why(run).tasks.find(({ name }) => name === 'j');

    expect(join).toMatchObject({
      why: '1 of 3 tasks has led here (join: all).',
      waits_for: [
        { kind: 'task', name: 'c', state: null, why: 'Task c has not been started yet.' },
        { kind: 'task', name: 'd', state: 'RUNNING', why: 'Task d is RUNNING.' },
      ],
    });
  });

  it('counts the items of a task, and lists some of those under way', () => {
    const run = new Run(
      wf(`    a:
      with-items: i in <% range(100).toList() %>
      concurrency: 30
      action: std.async_noop
`),
    ).start();
    run.finish('a').finish('a', 'no', 'ERROR');
    const task = only(why(run));

    expect(task.why).toBe(
      '2 of 100 items have ended (1 with an error), 30 are under way, 68 wait for a free place (concurrency 30).',
    );
    expect([task.waits_for.length, task.more]).toEqual([20, 10]);
  });

  it('points to the sub-workflow', () => {
    const yaml = wf('    a: {workflow: sub}\n') + 'sub:\n  tasks:\n    t: {action: std.async_noop}\n';
    const run = new Run(yaml).start();

    expect(only(why(run)).waits_for).toMatchObject([
      { kind: 'execution', id: run.ids[1], name: 'sub', state: 'RUNNING' },
    ]);
  });

  it('tells what waits for the end of a pause', () => {
    const run = new Run(
      wf(`    a: {action: std.async_noop, on-success: b}
    b: {action: std.noop}
    p: {action: std.noop, pause-before: true}
`),
    ).start();
    run.finish('a');
    const explained = why(run);

    expect(explained.why).toBe('It is paused; it goes on when somebody sets its state to RUNNING.');
    expect(explained.tasks.map(({ name, why: text }) => [name, text])).toEqual([
      ['a', 'It has ended; what follows it starts when the execution is resumed.'],
      ['p', "It starts when the execution is resumed (Set by 'pause-before' policy)."],
    ]);
  });

  it('has nothing to explain when all is done', () => {
    expect(why(new Run(wf('    a: {action: std.noop}\n')).start())).toMatchObject({ why: 'It has ended.', tasks: [] });
  });
});
