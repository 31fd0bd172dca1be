import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import { retryDelay, type RetryNumbers } from './retry-policy.js';

const wf = (task: string): string => `version: '2.0'\nw:\n  tasks:\n    t:\n${task}`;
const NUMBERS: RetryNumbers = { count: 9, delaySeconds: 2, multiplier: 1, maxDelaySeconds: 1000, jitter: 0 };

describe('the delay of a retry', () => {
  it.each([
    [{}, [2, 2, 2, 2]],
    [{ multiplier: 2 }, [2, 4, 8, 16]],
    [{ multiplier: 1.5 }, [2, 3, 4.5, 6.75]],
    [{ multiplier: 10, maxDelaySeconds: 60 }, [2, 20, 60, 60]],
    [{ maxDelaySeconds: 1 }, [1, 1, 1, 1]],
    [{ jitter: 0.5 }, [1.5, 1.5, 1.5, 1.5]],
    [{ jitter: 1, multiplier: 2 }, [1, 2, 4, 8]],
    [{ delaySeconds: 0, multiplier: 3 }, [0, 0, 0, 0]],
  ])('grows as %j says', (numbers, expected) => {
    const delays = [0, 1, 2, 3].map((retries) => retryDelay({ ...NUMBERS, ...numbers }, retries, () => 0.5));

    expect(delays).toEqual(expected);
  });

  it('stays finite', () => {
    expect(retryDelay({ ...NUMBERS, multiplier: 1e9, maxDelaySeconds: 31_536_000 }, 900, () => 0)).toBe(31_536_000);
  });
});

describe('a retry with back-off', () => {
  it('waits longer each time', () => {
    const run = new Run(
      wf('      action: std.fail\n      retry: {count: 4, delay: 1, multiplier: 3, max-delay: 10, jitter: 0}\n'),
    ).start();
    const infos: unknown[] = [];
    while (run.state === 'RUNNING') {
      infos.push(run.task('t').stateInfo);
      run.fire();
    }

    expect(infos).toEqual([1, 3, 9, 10].map((seconds) => `Delayed by 'retry' policy [delay=${seconds}]`));
    expect(run.task('t').runtimeContext).toMatchObject({ retry_task_policy: { retry_no: 4 } });
  });

  it('takes expressions, and one line', () => {
    const run = new Run(wf('      action: std.fail\n      retry: count=2 delay=1 multiplier=<% 2 + 2 %>\n')).start();
    run.fire();

    expect(run.task('t').stateInfo).toBe("Delayed by 'retry' policy [delay=4]");
  });

  it.each([
    ['multiplier: <% 0 %>', '0 is less than the minimum of 1'],
    ['jitter: <% 2 %>', '2 is greater than the maximum of 1'],
    ["max-delay: <% 'x' %>", "'x' is not of type 'integer'"],
  ])('ends the execution when its numbers make no sense: %s', (policy, problem) => {
    const run = new Run(wf(`      retry: {count: 1, delay: 1, ${policy}}\n`)).start();

    expect(run.task('t').stateInfo).toContain(`Invalid data type in RetryPolicy: ${problem}`);
    expect(run.state).toBe('ERROR');
  });

  it.each([
    ['multiplier: 0.5', '0.5 is not valid under any of the given schemas'],
    ['jitter: 2', '2 is not valid under any of the given schemas'],
  ])('is refused at upload with %s', (policy, problem) => {
    expect(() => new Run(wf(`      retry: {count: 1, delay: 1, ${policy}}\n`))).toThrow(problem);
  });
});

describe('retry-items: failed', () => {
  const items = (more: string): string =>
    wf(`      with-items: i in [1, 2, 3]\n      action: std.async_noop\n      retry: {count: 2, delay: 1}\n${more}`);

  function afterOneFailure(more: string): Run {
    const run = new Run(items(more)).start();
    return run.finish('t', 'a').finish('t', 'no', 'ERROR').finish('t', 'c').fire();
  }

  it('starts only the failed items again, and keeps the results of the others', () => {
    const run = afterOneFailure('      retry-items: failed\n');
    const open = run
      .flow()
      .actionsOf(run.task('t').id)
      .filter(({ state }) => state === 'RUNNING');
    expect(open.map(({ index }) => index)).toEqual([1]);

    run.finish('t', 'b');

    expect(run.state).toBe('SUCCESS');
    const counted = run
      .flow()
      .actionsOf(run.task('t').id)
      .filter(({ accepted }) => accepted);
    expect(counted.map(({ index, output }) => [index, output?.['result']]).toSorted()).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ]);
  });

  it('works with a concurrency, again and again, until the attempts are used up', () => {
    const run = new Run(items('      concurrency: 1\n      retry-items: failed\n')).start();
    run.finish('t', 'a').finish('t', 'no', 'ERROR').finish('t', 'c').fire();
    run.finish('t', 'no', 'ERROR').fire();
    run.finish('t', 'no', 'ERROR');

    expect(run.state).toBe('ERROR');
    expect(run.flow().actionsOf(run.task('t').id)).toHaveLength(5);
  });

  it.each(['', '      retry-items: all\n'])('is not the default: "%s"', (more) => {
    const run = afterOneFailure(more);
    const open = run
      .flow()
      .actionsOf(run.task('t').id)
      .filter(({ state }) => state === 'RUNNING');

    expect(open.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});
