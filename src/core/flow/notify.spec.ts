import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../shared/index.js';
import { Run } from './a-run.js';

const wf = (tasks: string, head = ''): string => `version: '2.0'\nw:\n${head}  tasks:\n${tasks}`;
const HOOK = { type: 'webhook', url: 'http://hooks.example' };

function eventsOf(run: Run): readonly unknown[] {
  return payloadsOf(run).map((payload) => [payload['name'], payload['state'], payload['event']]);
}

function payloadsOf(run: Run): readonly JsonObject[] {
  return run.commands.flatMap((command) => (command.kind === 'notify' ? [command.payload] : []));
}

function started(yaml: string, more: JsonObject = {}, params: JsonObject = {}): Run {
  return new Run(yaml).start({}, { notify: [{ ...HOOK, ...more }], ...params });
}

describe('notifications', () => {
  it('tell every change of state, in order', () => {
    const run = started(wf('    a: {action: std.noop, on-success: b}\n    b: {action: std.fail}\n'));

    expect(eventsOf(run)).toEqual([
      ['w', 'RUNNING', 'WORKFLOW_LAUNCHED'],
      ['a', 'RUNNING', 'TASK_LAUNCHED'],
      ['a', 'SUCCESS', 'TASK_SUCCEEDED'],
      ['b', 'RUNNING', 'TASK_LAUNCHED'],
      ['b', 'ERROR', 'TASK_FAILED'],
      ['w', 'ERROR', 'WORKFLOW_FAILED'],
    ]);
  });

  it('carry what clients of the original expect', () => {
    const run = started(wf('    a: {action: std.noop}\n'));
    const [execution, , task] = payloadsOf(run);
    const at = '2026-01-01 12:00:00';

    expect(execution).toEqual({
      id: run.flow().execution.id,
      name: 'w',
      workflow_name: 'w',
      workflow_namespace: '',
      workflow_id: 'id-w',
      state: 'RUNNING',
      state_info: null,
      project_id: 'p',
      task_execution_id: null,
      root_execution_id: null,
      created_at: at,
      updated_at: at,
      event: 'WORKFLOW_LAUNCHED',
    });
    expect(task).toEqual({
      id: run.task('a').id,
      name: 'a',
      workflow_execution_id: run.flow().execution.id,
      workflow_name: 'w',
      workflow_namespace: '',
      workflow_id: 'id-w',
      state: 'SUCCESS',
      state_info: null,
      type: 'ACTION',
      project_id: 'p',
      created_at: at,
      updated_at: at,
      started_at: at,
      finished_at: at,
      event: 'TASK_SUCCEEDED',
    });
  });

  it.each([0, 5])('tell of each attempt of a retry, delay %d', (delay) => {
    const run = started(wf(`    a: {action: std.fail, retry: {count: 1, delay: ${delay}}}\n`));
    if (delay > 0) run.fire();

    expect(eventsOf(run).filter((event) => (event as readonly unknown[])[0] === 'a')).toEqual([
      ['a', 'RUNNING', 'TASK_LAUNCHED'],
      ['a', 'ERROR', 'TASK_FAILED'],
      ['a', 'DELAYED', null],
      ['a', 'RUNNING', 'TASK_LAUNCHED'],
      ['a', 'ERROR', 'TASK_FAILED'],
    ]);
  });

  it('call the start of a join and the end of a pause resumed, a rerun by its name', () => {
    const run = started(
      wf(`    a: {action: std.async_noop, on-success: j}
    b: {action: std.noop, on-success: j}
    j: {join: all, action: std.async_noop, pause-before: true}
`),
    );
    run.send({ kind: 'pause' }).send({ kind: 'resume' });
    run.finish('a').send({ kind: 'resume' });
    run.finish('j', 'no', 'ERROR');
    run.send({ kind: 'rerun', taskId: run.task('j').id, reset: true });

    expect(eventsOf(run).filter((event) => (event as readonly unknown[])[0] !== 'b')).toEqual([
      ['w', 'RUNNING', 'WORKFLOW_LAUNCHED'],
      ['a', 'RUNNING', 'TASK_LAUNCHED'],
      ['w', 'PAUSED', 'WORKFLOW_PAUSED'],
      ['w', 'RUNNING', 'WORKFLOW_RESUMED'],
      ['a', 'SUCCESS', 'TASK_SUCCEEDED'],
      ['j', 'RUNNING', 'TASK_RESUMED'],
      ['j', 'IDLE', null],
      ['w', 'PAUSED', 'WORKFLOW_PAUSED'],
      ['w', 'RUNNING', 'WORKFLOW_RESUMED'],
      ['j', 'RUNNING', 'TASK_RESUMED'],
      ['j', 'ERROR', 'TASK_FAILED'],
      ['w', 'ERROR', 'WORKFLOW_FAILED'],
      ['w', 'RUNNING', 'WORKFLOW_RERUN'],
      ['j', 'WAITING', null],
      ['j', 'RUNNING', 'TASK_RESUMED'],
      ['j', 'IDLE', null],
      ['w', 'PAUSED', 'WORKFLOW_PAUSED'],
    ]);
  });

  it('call the rerun of a task a rerun, and tell of skips', () => {
    const run = started(wf('    a: {action: std.async_noop}\n'), { event_types: ['TASK_RERUN', 'TASK_SKIPPED'] });
    run.finish('a', 'no', 'ERROR').send({ kind: 'rerun', taskId: run.task('a').id, reset: true });
    run.finish('a', 'no', 'ERROR').send({ kind: 'skip', taskId: run.task('a').id });

    expect(eventsOf(run)).toEqual([
      ['a', 'RUNNING', 'TASK_RERUN'],
      ['a', 'SKIPPED', 'TASK_SKIPPED'],
    ]);
  });

  it('go only to publishers that want the event', () => {
    const run = new Run(wf('    a: {action: std.noop, wait-before: 1}\n')).start(
      {},
      {
        notify: [
          { ...HOOK, url: 'http://all.example', event_types: [] },
          { ...HOOK, event_types: ['WORKFLOW_SUCCEEDED'] },
          { type: 'noop' },
          'nonsense',
        ],
      },
    );
    run.fire();

    const urls = run.commands.flatMap((command) => (command.kind === 'notify' ? [command.publisher['url']] : []));
    expect(urls.filter((url) => url === HOOK.url)).toHaveLength(1);
    expect(urls.filter((url) => url === 'http://all.example')).toHaveLength(6);
  });

  it('are inherited by sub-workflows', () => {
    const yaml = wf('    s: {workflow: sub}\n') + 'sub:\n  tasks:\n    t: {action: std.noop}\n';
    const run = started(yaml, { event_types: ['WORKFLOW_SUCCEEDED'] });

    expect(payloadsOf(run).map((payload) => [payload['name'], payload['root_execution_id']])).toEqual([
      ['sub', run.ids[0]],
      ['w', null],
    ]);
  });

  it('go to the publishers of the settings, too, once each', () => {
    const yaml = wf('    s: {workflow: sub}\n') + 'sub:\n  tasks:\n    t: {action: std.noop}\n';
    const run = new Run(yaml);
    run.notify = [HOOK];
    run.start({}, { notify: [{ ...HOOK, url: 'http://own.example' }] });

    expect(run.flow(1).execution.params['notify']).toEqual([{ ...HOOK, url: 'http://own.example' }, HOOK]);
  });

  it('cost nothing when nobody listens', () => {
    const run = new Run(wf('    a: {action: std.noop}\n')).start({}, { notify: [{ type: 'noop' }] });

    expect(run.state).toBe('SUCCESS');
    expect(payloadsOf(run)).toEqual([]);
  });
});
