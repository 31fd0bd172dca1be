import { describe, expect, it } from '@jest/globals';
import { Run } from '../../src/core/flow/a-run.js';
import { error, play, success } from './play.js';

describe('transitions', () => {
  it('5.09 a guard that can not be evaluated makes the task an ERROR though its action succeeded', () => {
    const run = play(`
      a: {action: std.echo output=1, on-success: [{b: <% $.nope %>}]}
      b: {action: std.noop}`);

    expect(run.task('a')).toMatchObject({ state: 'ERROR', result: 1 });
    expect(run.state).toBe('ERROR');
  });

  it('5.10 on-error: noop handles an error', () => {
    expect(play('a: {action: std.fail, on-error: noop}').state).toBe('SUCCESS');
  });

  it('5.11 on-complete does not handle an error', () => {
    const run = play(`
      a: {action: std.fail, on-complete: cleanup}
      cleanup: {action: std.noop}`);

    expect(run.states()).toEqual({ a: 'ERROR', cleanup: 'SUCCESS' });
    expect(run.state).toBe('ERROR');
  });

  it('5.12 an on-error whose guards are all false handles nothing, and the text names no task', () => {
    const run = play(`
      a: {action: std.fail, on-error: [{b: <% false %>}]}
      b: {action: std.noop}`);

    expect(run.info).toBe('Failure caused by error in tasks: \n');
  });

  it('5.13 on-error: fail leaves the workflow without a text', () => {
    const run = play('a: {action: std.fail, on-error: [fail]}');

    expect([run.state, run.info, run.output]).toEqual(['ERROR', null, { result: null }]);
  });

  it('5.14 succeed suppresses the commands behind it, also those of on-complete', () => {
    const run = play(`
      a: {action: std.noop, on-success: [b, succeed], on-complete: [c, fail]}
      b: {action: std.noop}
      c: {action: std.noop}`);

    expect(run.state).toBe('SUCCESS');
    expect(run.order).toEqual(['a', 'b']);
  });

  it('a task behind succeed is no successor, so what was published before is in the output (Mistral loses it)', () => {
    const run = play(`
      a: {action: std.noop, publish: {x: 1}, on-success: [succeed, b]}
      b: {action: std.noop}`);

    expect(run.output).toEqual({ x: 1 });
  });

  it('5.15 a resume goes on with what stands behind the pause', () => {
    const tasks = `
      s: {action: std.noop, on-success: [a, pause, b]}
      a: {action: std.noop}
      b: {action: std.noop}`;

    expect(play(tasks)).toMatchObject({ state: 'PAUSED', order: ['s', 'a'] });
    expect(play(tasks, { events: [{ kind: 'resume' }] })).toMatchObject({ state: 'SUCCESS', order: ['s', 'a', 'b'] });
  });

  it('5.16 a task that ends during a pause does not pause again at the resume', () => {
    const run = play(
      `
      a: {action: acme.slow, on-success: [pause, b]}
      b: {action: std.noop}`,
      {
        actions: { a: success(null, 5) },
        events: [{ kind: 'pause', at: 1 }, { kind: 'resume' }],
      },
    );

    expect(run).toMatchObject({ state: 'SUCCESS', order: ['a', 'b'] });
  });

  it('5.78 next tasks leave commands out, and a start task has no triggers', () => {
    const run = new Run(`version: '2.0'
w:
  tasks:
    a: {action: std.noop, on-success: [noop, b], on-complete: [b, pause]}
    b: {action: std.noop}`).start();
    const [a, b] = [run.task('a'), run.flow().tasksNamed('b')[0]];

    expect(a).toMatchObject({ hasNextTasks: true, runtimeContext: {} });
    expect(a.nextTasks).toEqual([
      ['b', 'on-success'],
      ['b', 'on-complete'],
    ]);
    expect(b?.runtimeContext['triggered_by']).toEqual([{ task_id: a.id, event: 'on-success' }]);
  });

  it('5.85 publish of a task and a global publish of on-complete both count (Mistral loses one)', () => {
    const run = play('a: {action: std.noop, publish: {x: 1}, on-complete: {publish: {global: {g: 2}}}}', {
      head: 'output: {x: <% $.x %>, g: <% global(g) %>}',
    });

    expect(run.output).toEqual({ x: 1, g: 2 });
  });

  it('fail in a sub-workflow is an error that its task may handle', () => {
    const run = play('t: {workflow: sub, on-error: noop}', {
      also: 'sub: {tasks: {s: {action: acme.do, on-error: fail}}}',
      actions: { s: error('no') },
    });

    expect(run.state).toBe('SUCCESS');
  });
});
