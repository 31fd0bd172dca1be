import { describe, expect, it } from '@jest/globals';
import { cancelled, error, never, play, success } from './play.js';

describe('keep-result and fail-on', () => {
  it('5.37 keep-result: false drops the result, also for fail-on; what was published stays', () => {
    const run = play(
      't: {action: std.echo output=1, publish: {x: <% task().result %>}, keep-result: false, fail-on: <% task().result = null %>}',
    );

    expect(run.task('t')).toMatchObject({ state: 'ERROR', result: null, published: { x: 1 } });
  });

  it('5.38 an ERROR by fail-on keeps publish, and is retried like any other', () => {
    const kept = play(
      't: {action: std.echo output=1, publish: {x: <% task().result %>}, publish-on-error: {y: 1}, fail-on: <% true %>}',
    );
    const retried = play('t: {action: acme.do, fail-on: <% task().result <= 2 %>, retry: {count: 5, delay: 1}}', {
      actions: { t: [success(1), success(2), success(3)] },
    });

    expect(kept.task('t')).toMatchObject({ state: 'ERROR', published: { x: 1 } });
    expect(retried.task('t')).toMatchObject({
      state: 'SUCCESS',
      result: 3,
      runtimeContext: { retry_task_policy: { retry_no: 2 } },
    });
  });
});

describe('retry', () => {
  it('5.39 count 3 makes four attempts; without a need retry_no is absent', () => {
    const task = 't: {action: acme.do, retry: {count: 3, delay: 1}}';
    const failed = play(task, { actions: { t: error('no') } });
    const succeeded = play(task, { actions: { t: success(1) } });

    expect(failed.task('t')).toMatchObject({ state: 'ERROR', starts: 4, finishedAt: 3 });
    expect(failed.task('t').runtimeContext).toEqual({ retry_task_policy: { retry_no: 3 } });
    expect(succeeded.task('t').runtimeContext).toEqual({ retry_task_policy: {} });
  });

  it('5.40 a false continue-on stops retrying an ERROR', () => {
    const run = play('t: {action: acme.do, retry: {count: 3, delay: 1, continue-on: <% false %>}}', {
      actions: { t: error('no') },
    });

    expect(run.task('t')).toMatchObject({ state: 'ERROR', starts: 1 });
  });

  it('5.41 a break-on that can not be evaluated is fatal, also when the task has succeeded', () => {
    const run = play('t: {action: std.noop, retry: {count: 3, delay: 1, break-on: <% $.nope %>}, on-error: noop}');

    expect([run.state, run.task('t').state]).toEqual(['ERROR', 'ERROR']);
  });

  it('5.42 a CANCELLED action is not retried', () => {
    const run = play('t: {action: acme.do, retry: {count: 3, delay: 1}}', { actions: { t: cancelled } });

    expect([run.state, run.task('t').starts]).toEqual(['CANCELLED', 1]);
  });

  it('5.46 a timeout ends the task whatever its retries (in Mistral it is one failed attempt)', () => {
    const run = play('t: {action: acme.do, timeout: 5, retry: {count: 3, delay: 1}}', { actions: { t: never } });

    expect(run.task('t')).toMatchObject({
      state: 'ERROR',
      starts: 1,
      finishedAt: 5,
      info: 'Task timed out [timeout(s)=5].',
    });
  });
});

describe('waiting', () => {
  it('5.43 wait-after delays once, before fail-on and retry are judged', () => {
    const run = play(
      't: {action: acme.do, wait-after: 10, fail-on: <% task().result < 2 %>, retry: {count: 3, delay: 1}}',
      {
        actions: { t: [success(1), success(2)] },
      },
    );

    expect(run.task('t')).toMatchObject({ state: 'SUCCESS', starts: 2, finishedAt: 11 });
  });

  it('5.44 pause-before cancels wait-before', () => {
    const run = play('t: {action: std.noop, pause-before: true, wait-before: 60}', {
      events: [{ kind: 'resume', at: 2 }],
    });

    expect(run.task('t')).toMatchObject({
      state: 'SUCCESS',
      finishedAt: 2,
      runtimeContext: { wait_before_policy: {} },
    });
  });

  it('5.45 a timeout counts from the start of the task, wait-before included', () => {
    const run = play('t: {action: acme.do, wait-before: 4, timeout: 5}', { actions: { t: never } });

    expect(run.task('t')).toMatchObject({ state: 'ERROR', finishedAt: 5 });
  });

  it('5.47 policies of a join hold once its branches have come (Mistral ignores them)', () => {
    const run = play(
      `
      a: {action: std.noop, on-success: j}
      b: {action: acme.do, on-success: j}
      j: {join: all, wait-before: 3, action: std.noop}`,
      { actions: { b: success(1, 2) } },
    );

    expect(run.task('j')).toMatchObject({ state: 'SUCCESS', finishedAt: 5 });
  });

  it('5.84 wrong parameters behind a wait fail the workflow (in Mistral it hangs)', () => {
    const waited = play('t: {action: std.echo, wait-before: 1}');
    const joined = play(`
      a: {action: std.noop, on-success: j}
      j: {join: all, action: std.echo}`);

    expect([waited.state, joined.state]).toEqual(['ERROR', 'ERROR']);
    expect(waited.info).toContain("missing=['output']");
  });
});
