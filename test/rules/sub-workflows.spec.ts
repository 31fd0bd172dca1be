import { describe, expect, it } from '@jest/globals';
import { Run } from '../../src/core/flow/a-run.js';
import { cancelled, error, never, play, success } from './play.js';

const SUB = 'sub: {tasks: {s: {action: acme.do}}}';

describe('sub-workflows', () => {
  it('5.28 an undeclared input of a sub-workflow becomes one of its params', () => {
    const run = play("t: {workflow: rev task_name='b'}", {
      also: `
      rev:
        type: reverse
        tasks:
          a: {action: std.noop}
          b: {action: std.noop, requires: a}
          c: {action: std.noop, requires: b}`,
    });

    expect(run.order).toEqual(['t', 't/a', 't/b']);
    expect(run.state).toBe('SUCCESS');
  });

  it('5.29 a missing input of a sub-workflow is an ordinary error, a wrong input of an action is fatal', () => {
    const sub = play('t: {workflow: sub, on-error: noop}', {
      also: 'sub: {input: [x], tasks: {s: {action: std.noop}}}',
    });
    const action = play('t: {action: std.echo, on-error: noop}');

    expect([sub.state, sub.task('t').state]).toEqual(['SUCCESS', 'ERROR']);
    expect(sub.task('t').info).toContain("missing=['x']");
    expect(action.state).toBe('ERROR');
  });

  it('a name that can not be evaluated is fatal, of a workflow as of an action', () => {
    for (const call of ['workflow: <% $.nothing %>', 'action: <% $.nothing %>']) {
      const run = play(`t: {${call}, on-error: noop}`);

      expect([run.state, run.task('t').state]).toEqual(['ERROR', 'ERROR']);
      expect(run.info).toContain('Failed to run task [error=Can not evaluate YAQL expression [expression=$.nothing');
    }
  });

  it('5.30 an unknown workflow is an ordinary error, an unknown action is fatal', () => {
    const sub = play('t: {workflow: nope, on-error: noop}');
    const action = play('t: {action: no.such, on-error: noop}');

    expect(sub.state).toBe('SUCCESS');
    expect(sub.task('t').info).toBe('Failed to find workflow [name=nope] [namespace=]');
    expect(action.state).toBe('ERROR');
    expect(action.info).toContain('Failed to find action [action_name=no.such, namespace=]');
  });

  it('5.31 in a workbook a name means its own member first, also when it is an expression', () => {
    const run = play('x: {workflow: book.main}', {
      also: 'other: {tasks: {far: {action: std.noop}}}',
      workbook: `
      version: '2.0'
      name: book
      workflows:
        main:
          vars: {n: other}
          tasks:
            t: {workflow: <% $.n %>}
        other:
          tasks:
            near: {action: std.noop}`,
    });

    expect(run.order).toEqual(['x', 'x/t', 'x/t/near']);
  });

  it('5.55 a rerun in a sub-workflow sets all its ancestors running again', () => {
    const run = play('t: {workflow: sub}', {
      also: 'sub: {tasks: {u: {workflow: deep}}}\ndeep: {tasks: {s: {action: acme.do}}}',
      actions: { s: [error('no'), never] },
      events: [{ kind: 'rerun', task: 't/u/s', reset: true }],
    });

    expect(run.state).toBe('RUNNING');
    expect(run.states()).toEqual({ t: 'RUNNING', 't/u': 'RUNNING', 't/u/s': 'RUNNING' });
  });

  it('5.57 a cancel reaches the sub-workflows with its text, and a cancelled child cancels its parent', () => {
    const down = new Run(`version: '2.0'
w: {tasks: {t: {workflow: sub}}}
sub: {tasks: {s: {action: std.async_noop}}}`).start();
    down.send({ kind: 'stop', state: 'CANCELLED', message: 'enough' });
    const up = play('t: {workflow: sub}', { also: SUB, actions: { s: cancelled } });

    expect(down.flow(1).execution).toMatchObject({ state: 'CANCELLED', stateInfo: 'enough' });
    expect(down.task('t')).toMatchObject({ state: 'CANCELLED', stateInfo: 'enough' });
    expect([up.state, up.info]).toEqual(['CANCELLED', 'Cancelled tasks: t']);
    expect(up.task('t').info).toBe('Cancelled tasks: s');
  });

  it('a sub-workflow pauses and resumes with its parent', () => {
    const run = play('t: {workflow: sub}', {
      also: 'sub: {tasks: {s: {action: acme.do, on-success: u}, u: {action: std.noop}}}',
      actions: { s: success(1, 5) },
      events: [
        { kind: 'pause', at: 1 },
        { kind: 'resume', at: 9 },
      ],
    });

    expect(run.state).toBe('SUCCESS');
    expect(run.task('t/u').startedAt).toBe(9);
  });
});
