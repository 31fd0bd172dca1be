import { describe, expect, it } from '@jest/globals';
import type { Job } from './job.js';
import { SandboxPool } from './sandbox-pool.js';

describe('SandboxPool', () => {
  it('runs jobs one after the other when it has one thread', async () => {
    const pool = new SandboxPool(1);
    const answers = await Promise.all([1, 2, 3].map((n) => pool.run(aJob(`return ${n}`), never())));

    expect(answers.map(({ text }) => text)).toEqual(['1', '2', '3']);
  });

  it('gives each job a world of its own', async () => {
    const pool = new SandboxPool(1);
    await pool.run(aJob('globalThis.left = 1; Array.prototype.map = null; Object.freeze(Object.prototype)'), never());

    const { text } = await pool.run(
      aJob('return [typeof left, typeof [].map, Object.isFrozen({}.__proto__)]'),
      never(),
    );
    expect(text).toBe('["undefined","function",false]');
  });

  it('lets a job that waits for a thread go', async () => {
    const pool = new SandboxPool(1);
    const first = new AbortController();
    const second = new AbortController();
    const running = pool.run(aJob('for (;;);'), first.signal);
    const waiting = pool.run(aJob('return 2'), second.signal);
    const last = pool.run(aJob('return 3'), never());
    second.abort(new Error('no longer wanted'));

    await expect(waiting).rejects.toThrow('no longer wanted');
    first.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect((await last).text).toBe('3');
  });

  it('gives projects their turns, and in each its root executions', async () => {
    const pool = new SandboxPool(1);
    const order: string[] = [];
    const stop = new AbortController();
    const run = async (project: string, root: string): Promise<void> => {
      await pool.run(aJob('return 1'), never(), { project, root });
      order.push(`${project}${root}`);
    };
    const first = pool.run(aJob('for (;;);'), stop.signal, { project: 'a', root: '1' });
    const other = pool.run(aJob('for (;;);'), stop.signal, { project: 'c', root: '1' });
    const all = [run('a', '1'), run('a', '1'), run('a', '1'), run('a', '2'), run('b', '1'), run('b', '1')];
    stop.abort(new Error('enough'));
    await Promise.allSettled([first, other, ...all]);

    expect(order.filter((turn) => turn.startsWith('a'))).toEqual(['a1', 'a2', 'a1', 'a1']);
    expect(order.indexOf('b1')).toBeLessThan(order.lastIndexOf('a1'));
  });

  it('has one more thread for a project that runs nothing, while another uses all', async () => {
    const pool = new SandboxPool(2);
    const stop = new AbortController();
    const endless = Array.from({ length: 6 }, () =>
      pool.run(aJob('for (;;);'), stop.signal, { project: 'a', root: '1' }),
    );

    expect((await pool.run(aJob('return 2'), never(), { project: 'b', root: '' })).text).toBe('2');
    stop.abort(new Error('enough'));
    await Promise.allSettled(endless);
  });

  it('does not begin what was stopped before', async () => {
    await expect(new SandboxPool(1).run(aJob('return 1'), AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
      'stopped',
    );
  });

  it('keeps its threads through more jobs than one thread may do', async () => {
    const pool = new SandboxPool(1);
    const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => pool.run(aJob(`return ${n}`), never())));

    expect(answers.map(({ text }) => Number(text))).toEqual(Array.from({ length: 120 }, (_, n) => n));
  });
});

function aJob(code: string): Job {
  return { kind: 'script', code, data: 'null', cpuMs: 30_000 };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
