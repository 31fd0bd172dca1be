import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

const wf = (tasks: string, head = ''): string => `version: '2.0'\nw:\n${head}  tasks:\n${tasks}`;

describe('a direct workflow', () => {
  it('runs a chain of pure actions in one decision and ends', () => {
    const run = new Run(
      wf(
        `    a: {action: std.echo output=1, publish: {x: <% task().result %>}, on-success: b}
    b: {action: std.echo output=<% $.x + 1 %>, publish: {y: <% task().result %>}}
`,
        '  output: {r: <% $.y %>}\n',
      ),
    ).start();

    expect(run.state).toBe('SUCCESS');
    expect(run.output).toEqual({ r: 2 });
    expect(run.flow().execution.version).toBe(1);
  });

  it('waits for an asynchronous action and goes on with its result', () => {
    const run = new Run(wf('    a: {action: std.async_noop, on-success: b}\n    b: {action: std.noop}\n')).start();
    expect(run.states()).toEqual({ a: 'RUNNING' });

    run.finish('a', { v: 1 });

    expect(run.states()).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
    expect(run.state).toBe('SUCCESS');
  });

  it('fires a join all once every source has led to it', () => {
    const run = new Run(
      wf(`    a: {action: std.async_noop, on-success: j}
    b: {action: std.async_noop, on-success: j}
    j: {join: all}
`),
    ).start();
    run.finish('a');
    expect(run.task('j').state).toBe('WAITING');

    run.finish('b');

    expect(run.task('j').state).toBe('SUCCESS');
    expect(run.state).toBe('SUCCESS');
  });

  it('fails a join at once when a source can no longer lead to it, while others run', () => {
    const run = new Run(
      wf(`    a: {action: std.async_noop, on-success: j}
    b: {action: std.async_noop, on-success: j}
    j: {join: all}
`),
    ).start();
    run.finish('a');

    run.finish('b', 'no', 'ERROR');

    expect(run.task('j').stateInfo).toBe("Failed by tasks: ['b']");
    expect(run.state).toBe('ERROR');
  });

  it('fires a partial join once and ignores later triggers', () => {
    const run = new Run(
      wf(`    a: {action: std.async_noop, on-success: j}
    b: {action: std.async_noop, on-success: j}
    j: {join: one, on-success: k}
    k: {}
`).replace('k: {}', 'k: {action: std.noop}'),
    ).start();
    run.finish('a');
    run.finish('b');

    expect(run.flow().tasksNamed('k')).toHaveLength(1);
    expect(run.state).toBe('SUCCESS');
  });

  it('makes a new task execution per pass of a loop', () => {
    const run = new Run(
      wf(`    begin: {action: std.noop, publish: {n: 0}, on-success: inc}
    inc: {action: std.echo output=<% $.n + 1 %>, publish: {n: <% task().result %>}, on-success: [{inc: <% $.n < 3 %>}]}
`),
    ).start();

    expect(run.flow().tasksNamed('inc')).toHaveLength(3);
    expect(run.output).toEqual({ n: 3 });
  });
});

describe('with-items', () => {
  const items = (more: string): string =>
    wf(`    t: {with-items: 'i in [1, 2, 3]', action: std.async_noop, ${more}}\n`);

  it('keeps results in the order of the items', () => {
    const run = new Run(items('publish: {r: <% task().result %>}')).start();
    run.finish('t', 'a').finish('t', 'b').finish('t', 'c');

    expect(run.output).toEqual({ r: ['a', 'b', 'c'] });
  });

  it('starts an item only when another has ended under concurrency', () => {
    const run = new Run(items('concurrency: 2')).start();
    expect(run.flow().actions.size).toBe(2);

    run.finish('t');

    expect(run.flow().actions.size).toBe(3);
    run.finish('t').finish('t');
    expect(run.state).toBe('SUCCESS');
  });

  it('goes on in later transactions when the budget of one is used up', () => {
    const run = new Run(
      wf(
        `    t: {with-items: 'i in <% range(10) %>', action: std.echo output=<% $.i %>, publish: {r: <% task().result %>}}\n`,
      ),
    );
    run.budget = 3;

    run.start();

    expect(run.state).toBe('SUCCESS');
    expect(run.output).toEqual({ r: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(run.flow().execution.version).toBeGreaterThan(2);
  });
});

describe('policies', () => {
  it('retries a failing task the given number of times', () => {
    const run = new Run(wf('    t: {action: std.fail, retry: {count: 2, delay: 1}}\n')).start();
    expect(run.task('t').state).toBe('DELAYED');

    run.fire().fire();

    expect(run.task('t').state).toBe('ERROR');
    expect(
      run
        .flow()
        .actionsOf(run.task('t').id)
        .map((action) => action.accepted),
    ).toEqual([false, false, true]);
    expect(run.task('t').runtimeContext).toEqual({ retry_task_policy: { retry_no: 2 } });
  });

  it('ends a task at its timeout, whatever its retries', () => {
    const run = new Run(
      wf('    t: {action: std.async_noop, timeout: 1, retry: {count: 2, delay: 0}, on-error: noop}\n'),
    ).start();

    run.fire();

    expect(run.task('t').stateInfo).toBe('Task timed out [timeout(s)=1].');
    expect(run.state).toBe('SUCCESS');
  });

  it('waits before and after', () => {
    const run = new Run(wf('    t: {action: std.noop, wait-before: 1, wait-after: 1}\n')).start();
    expect(run.task('t').stateInfo).toBe("Delayed by 'wait-before' policy [delay=1]");
    run.fire();
    expect(run.task('t').stateInfo).toBe("Delayed by 'wait-after' policy [delay=1]");
    run.fire();
    expect(run.state).toBe('SUCCESS');
  });
});

describe('sub-workflows', () => {
  const nested = `version: '2.0'
top:
  tasks:
    t: {workflow: sub x=5, publish: {r: <% task().result.y %>}}
sub:
  input: [x]
  output: {y: <% $.x + 1 %>}
  tasks:
    s: {action: std.async_noop}
`;

  it('hand their output to the task of the parent', () => {
    const run = new Run(nested).start();
    run.finish('s', null, 'SUCCESS', 1);

    expect(run.state).toBe('SUCCESS');
    expect(run.output).toEqual({ r: 6 });
  });

  it('pause and resume with their parent', () => {
    const run = new Run(nested).start();
    run.send({ kind: 'pause' });
    expect([run.state, run.flow(1).execution.state, run.task('t').state]).toEqual(['PAUSED', 'PAUSED', 'PAUSED']);

    run.send({ kind: 'resume' });

    expect([run.state, run.flow(1).execution.state, run.task('t').state]).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  });

  it('are cancelled with their parent and leave its task CANCELLED', () => {
    const run = new Run(nested).start();

    run.send({ kind: 'stop', state: 'CANCELLED', message: 'enough' });

    expect([run.state, run.flow(1).execution.state, run.task('t').state]).toEqual([
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
    ]);
  });

  it('are started again with all ancestors by a rerun below', () => {
    const run = new Run(nested).start();
    run.finish('s', 'no', 'ERROR', 1);
    expect(run.state).toBe('ERROR');

    run.send({ kind: 'rerun', taskId: run.task('s', 1).id, reset: true }, 1);
    expect([run.state, run.flow(1).execution.state, run.task('t').state]).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
    run.finish('s', null, 'SUCCESS', 1);

    expect([run.state, run.output]).toEqual(['SUCCESS', { r: 6 }]);
  });
});
