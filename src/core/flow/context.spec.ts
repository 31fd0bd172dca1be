import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

function started(tasks: string): Run {
  return new Run(`version: '2.0'\nw:\n  tasks:\n${tasks}`).start();
}

describe('the variables of a branch', () => {
  it('go round a loop that leads through a join', () => {
    const run = started(`    a: {action: std.noop, publish: {n: 0}, on-success: j}
    j: {join: one, publish: {n: <% $.n + 1 %>}, on-success: [{x: <% $.n < 3 %>}]}
    x: {action: std.noop, on-success: j}`);

    expect(run.output).toEqual({ n: 3 });
  });

  it('reach the end of a branch of ten thousand tasks', () => {
    const run = started(`    a: {action: std.noop, publish: {n: 0}, on-success: b}
    b: {action: std.noop, publish: {n: <% $.n + 1 %>}, on-success: [{b: <% $.n < 10000 %>}]}`);

    expect(run.output).toEqual({ n: 10000 });
  });

  it('are inherited through long branches and joins that published nothing', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `t${index}`);
    const chain = names.map((name, index) => `    ${name}: {action: std.noop, on-success: ${names[index + 1] ?? 'j'}}`);
    const run = started(`    a: {action: std.noop, publish: {x: 1}, on-success: [t0, j]}
${chain.join('\n')}
    j: {join: all, publish: {y: <% $.x %>}}`);

    expect(run.output).toEqual({ x: 1, y: 1 });
  });

  it('are those of the last run of a task that was run again', () => {
    const run =
      started(`    a: {action: std.async_noop, publish-on-error: {x: first}, publish: {x: second}, on-error: b}
    b: {action: std.async_noop, publish: {y: <% $.x %>}}`);
    run.finish('a', null, 'ERROR').send({ kind: 'rerun', taskId: run.task('a').id, reset: true });

    run.finish('a').finish('b');

    expect(run.output).toEqual({ x: 'second', y: 'second' });
  });

  it('are those of the last run, also where they were looked at while it ran', () => {
    const run =
      started(`    a: {action: std.async_noop, publish-on-error: {x: first}, publish: {x: second}, on-error: j, on-success: noop}
    j: {join: all, action: std.noop, on-success: b}
    b: {action: std.async_noop, publish: {y: <% $.x %>}, on-success: c}
    c: {action: std.async_noop, publish: {z: <% $.x %>}}`);
    run
      .finish('a', null, 'ERROR')
      .send({ kind: 'rerun', taskId: run.task('a').id, reset: true })
      .finish('b');

    run.finish('a').finish('c');

    expect(run.task('c').published).toEqual({ z: 'second' });
  });

  it('of a join that runs again do not come from what it had led to', () => {
    const run = started(`    a: {action: std.noop, publish: {x: 1}, on-success: j}
    j: {join: one, action: std.async_noop, publish: {x: <% $.x + 1 %>}, on-error: b, on-success: noop}
    b: {action: std.noop, publish: {x: 100}, on-success: [{j: <% false %>}]}
    c: {action: std.async_noop}`);
    run.finish('j', null, 'ERROR').send({ kind: 'rerun', taskId: run.task('j').id, reset: true });

    run.finish('j');

    expect(run.task('j').published).toEqual({ x: 2 });
  });

  it('of a join that leads to itself do not come from itself', () => {
    const run = started(`    a: {action: std.noop, publish: {x: 1}, on-success: j}
    j: {join: all, action: std.noop, on-complete: [{j: <% task().state = ERROR %>}], publish-on-error: {n: <% $.x %>}, publish: {m: <% $.n %>}}`);

    expect(run.flow().tasksNamed('j')).toMatchObject([
      { state: 'ERROR', published: { n: 1 } },
      { state: 'SUCCESS', published: { m: 1 } },
    ]);
  });
});
