import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

function started(tasks: string, more = ''): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}\n${more}`).start();
}

function rerun(run: Run, name: string, index = 0, reset = true): Run {
  return run.send({ kind: 'rerun', taskId: run.task(name, index).id, reset }, index);
}

describe('an execution that runs again', () => {
  it('takes up the tasks whose wait was over while it had ended', () => {
    const run = started('    a: {action: std.async_noop}\n    b: {action: std.noop, wait-before: 5}');
    run.finish('a', null, 'ERROR').send({ kind: 'stop', state: 'CANCELLED', message: null }).fire();
    expect([run.state, run.task('b').state]).toEqual(['CANCELLED', 'DELAYED']);

    rerun(run, 'a').finish('a');

    expect(run.states()).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
    expect(run.state).toBe('SUCCESS');
  });

  it('takes up the tasks that were held back for a resume', () => {
    const run = started('    a: {action: std.async_noop}\n    b: {action: std.noop, pause-before: true}');
    run.finish('a', null, 'ERROR').send({ kind: 'stop', state: 'CANCELLED', message: null });

    rerun(run, 'a').finish('a');

    expect(run.states()).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
  });

  it('takes up at the resume what a pause at once did not let it take up', () => {
    const run = started(
      `    a: {action: std.async_noop, pause-before: true}\n    b: {action: std.noop, wait-before: 5}`,
    );
    run
      .send({ kind: 'resume' })
      .finish('a', null, 'ERROR')
      .send({ kind: 'stop', state: 'ERROR', message: null })
      .fire();

    rerun(run, 'a').send({ kind: 'resume' }).finish('a');

    expect(run.states()).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
  });

  it('does not count a failed task that runs again as one that a join can do without', () => {
    const run = started(`    a: {action: std.async_noop, on-success: j}
    b: {action: std.async_noop, on-success: j}
    c: {action: std.async_noop, on-success: j}
    j: {join: all, action: std.noop}`);
    run.finish('a').send({ kind: 'stop', state: 'ERROR', message: null }).finish('b', null, 'ERROR');
    expect(run.task('j').state).toBe('WAITING');

    rerun(run, 'b').finish('b').finish('c');

    expect(run.state).toBe('SUCCESS');
  });

  it('starts the items that were not started when it was stopped', () => {
    const run = started(`    a: {action: std.async_noop}
    t: {with-items: 'i in [1, 2, 3]', concurrency: 1, action: std.async_noop}`);
    run.finish('a', null, 'ERROR').send({ kind: 'stop', state: 'CANCELLED', message: null }).finish('t');
    expect(run.flow().actionsOf(run.task('t').id)).toHaveLength(1);

    rerun(run, 'a').finish('a').finish('t').finish('t');

    expect(run.state).toBe('SUCCESS');
  });
});

describe('a rerun of the failed items only', () => {
  it('that waits before its start goes on waiting when an action of before is paused', () => {
    const run = started("    t: {with-items: 'i in [1]', action: std.async_noop, wait-before: 3, timeout: 5}")
      .fire()
      .fire();
    const [late] = run.flow().actions.keys();
    rerun(run, 't', 0, false);

    run
      .send({ kind: 'action-updated', actionId: late ?? '', state: 'PAUSED' })
      .send({ kind: 'resume' })
      .finish('t');
    expect(run.task('t').state).toBe('DELAYED');

    expect(run.fire().states()).toEqual({ t: 'SUCCESS' });
  });

  it('that waits before its start goes on waiting when a sub-workflow of before runs again', () => {
    const run = started(
      "    t: {with-items: 'i in [1]', workflow: sub, timeout: 5, wait-before: 2}",
      'sub:\n  tasks:\n    s: {action: std.async_noop}',
    );
    rerun(run.fire().fire(), 't', 0, false);
    run.finish('s', null, 'ERROR', 1);

    rerun(run, 's', 1);
    expect(run.task('t').state).toBe('DELAYED');

    expect(run.finish('s', null, 'SUCCESS', 1).fire().states()).toEqual({ t: 'SUCCESS' });
    expect(run.flow().children.size).toBe(1);
  });

  it('ends at once when none has failed', () => {
    const run = started(
      `    t: {with-items: 'i in [1, 2]', action: std.noop, publish: {x: <% $.nope %>}}\n    o: {action: std.async_noop}`,
    );
    expect(run.task('t').state).toBe('ERROR');

    rerun(run, 't', 0, false);

    expect(run.task('t').state).toBe('ERROR');
    expect(run.flow().actionsOf(run.task('t').id)).toHaveLength(2);
  });
});

describe('a rerun of the failed items whose wait is over after the end', () => {
  it('starts them when the execution is revived', () => {
    const run = started(`    t: {with-items: 'i in [1, 2]', action: std.async_noop, wait-before: 5}
    o: {action: std.async_noop}`);
    run.fire().finish('t').finish('t', null, 'ERROR').finish('o', null, 'ERROR');
    rerun(run, 't', 0, false).send({ kind: 'stop', state: 'ERROR', message: null }).fire();

    rerun(run, 'o').finish('o').finish('t');

    expect(run.states()).toEqual({ t: 'SUCCESS', o: 'SUCCESS' });
    expect(run.flow().actionsOf(run.task('t').id)).toHaveLength(3);
  });
});

describe('an action of the run before', () => {
  const TIMED_OUT = '    t: {action: std.async_noop, timeout: 5}\n    o: {action: std.async_noop}';

  it('does not end the task that runs again', () => {
    const run = started(TIMED_OUT).fire();
    const [late] = run.flow().actionsOf(run.task('t').id);
    rerun(run, 't');

    run.send({ kind: 'action-done', actionId: late?.id ?? '', outcome: { state: 'SUCCESS', result: 'late' } });

    expect(run.task('t').state).toBe('RUNNING');
    expect(run.flow().action(late?.id ?? '')).toMatchObject({ state: 'SUCCESS', accepted: false });
  });

  it('does not end items that wait for a resume', () => {
    const run = started(
      `    t: {with-items: 'i in [1]', action: std.async_noop, timeout: 5, pause-before: true}\n    o: {action: std.async_noop}`,
    );
    run.send({ kind: 'resume' }).fire();
    rerun(run, 't', 0, false).finish('t');
    expect(run.task('t').state).toBe('IDLE');

    run.send({ kind: 'resume' });

    expect(run.task('t').state).toBe('SUCCESS');
    expect(run.flow().actionsOf(run.task('t').id)).toHaveLength(1);
  });
});

describe('a rerun below a sub-workflow', () => {
  const SUB = 'sub:\n  tasks:\n    s: {action: std.async_noop}\n';

  it('does not stop the retry that has replaced the sub-workflow', () => {
    const run = started('    t: {workflow: sub, retry: {count: 1, delay: 5}}', SUB);
    run.finish('s', null, 'ERROR', 1);

    rerun(run, 's', 1);
    expect(run.task('t').state).toBe('DELAYED');
    run.fire().finish('s', null, 'SUCCESS', 2).finish('s', null, 'SUCCESS', 1);

    expect(run.task('t').state).toBe('SUCCESS');
    expect(run.flow().childrenOf(run.task('t').id)).toMatchObject([{ accepted: false }, { accepted: true }]);
  });

  it('does not count beside the item that has replaced the sub-workflow', () => {
    const run = started(
      '    t: {workflow: sub, with-items: "i in <% [1, 2] %>"}\n    o: {action: std.async_noop}',
      SUB,
    );
    run.finish('s', null, 'SUCCESS', 1).finish('s', null, 'ERROR', 2);
    rerun(run, 't', 0, false);

    rerun(run, 's', 2).finish('s', null, 'SUCCESS', 2);
    expect(run.task('t').state).toBe('RUNNING');
    run.finish('s', null, 'SUCCESS', 3);

    expect(run.task('t').state).toBe('SUCCESS');
    expect(
      run
        .flow()
        .childrenOf(run.task('t').id)
        .map(({ accepted }) => accepted),
    ).toEqual([true, false, true]);
  });

  it('does not wait any longer to report the failure', () => {
    const run = started('    t: {workflow: sub, wait-after: 5}', SUB);
    run.finish('s', null, 'ERROR', 1);
    expect(run.task('t').state).toBe('DELAYED');

    rerun(run, 's', 1).finish('s', null, 'SUCCESS', 1);

    expect(run.state).toBe('SUCCESS');
    expect(run.flow().timers.size).toBe(0);
  });

  it('leaves a parent alone that has succeeded without the sub-workflow', () => {
    const run = started('    t: {workflow: sub, on-error: noop}', SUB);
    run.finish('s', null, 'ERROR', 1);

    rerun(run, 's', 1);

    expect([run.state, run.task('t').state, run.flow(1).execution.state]).toEqual(['SUCCESS', 'ERROR', 'RUNNING']);
  });
});
