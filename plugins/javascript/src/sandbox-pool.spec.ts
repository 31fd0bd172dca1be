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
