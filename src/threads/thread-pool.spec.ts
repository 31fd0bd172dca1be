import { afterEach, describe, expect, it } from '@jest/globals';
import { ThreadError } from './thread-error.js';
import { ThreadPool } from './thread-pool.js';
import { threadProgram } from './thread-program.js';

type Job =
  | { readonly kind: 'add'; readonly a: number; readonly b: number }
  | { readonly kind: 'endless' | 'hungry' | 'throw' | 'exit' }
  | { readonly kind: 'ask'; readonly questions: readonly string[] };

const SERVE_JOBS = threadProgram('./serve-jobs.js', import.meta.url);
const PROGRAM = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { serveJobs } from '${SERVE_JOBS.href}';
  serveJobs((job, { ask }) => {
    switch (job.kind) {
      case 'add': return job.a + job.b;
      case 'ask': return job.questions.map(ask);
      case 'throw': throw new Error('thrown inside');
      case 'exit': process.exit(3);
      case 'endless': for (;;);
      case 'hungry': for (const list = []; ; ) list.push(new Array(1000).fill(list.length));
    }
  });
`)}`,
);

const MINUTE = 60_000;
let pool: ThreadPool<Job, unknown>;

afterEach(() => pool.close());

describe('ThreadPool', () => {
  it('answers jobs, on one thread one after the other', async () => {
    pool = aPool(1);
    const answers = await Promise.all([1, 2, 3].map((a) => run({ kind: 'add', a, b: 1 })));

    expect(answers).toEqual([2, 3, 4]);
  });

  it('lets a job ask, and waits for replies that take their time', async () => {
    pool = aPool(1);
    const reply = async (question: unknown) => Promise.resolve(`reply to ${String(question)}`);

    expect(await run({ kind: 'ask', questions: ['a', 'b'] }, { reply })).toEqual(['reply to a', 'reply to b']);
  });

  it.each([
    ['endless', 'time', 300],
    ['hungry', 'memory', MINUTE],
    ['exit', 'broken', MINUTE],
  ] as const)('goes on with a fresh thread after a job that is %s', async (kind, reason, limitMs) => {
    pool = aPool(1);

    await expect(run({ kind }, { limitMs })).rejects.toEqual(new ThreadError(reason));
    expect(await run({ kind: 'add', a: 1, b: 1 })).toBe(2);
  });

  it('hands on what a job throws', async () => {
    pool = aPool(1);
    await expect(run({ kind: 'throw' })).rejects.toThrow('thrown inside');
  });

  it('lets the turns go round', async () => {
    pool = aPool(1);
    const order: string[] = [];
    const tracked = async (turn: string, name: string) => {
      await run({ kind: 'add', a: 1, b: 1 }, { turn });
      order.push(name);
    };
    await Promise.all([tracked('a', 'a1'), tracked('a', 'a2'), tracked('a', 'a3'), tracked('b', 'b1')]);

    expect(order).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('never gives one turn all threads', async () => {
    pool = aPool(2);
    const endless = [1, 2, 3].map(() => run({ kind: 'endless' }, { turn: 'a', limitMs: 1_000 }).catch(() => 'ended'));

    expect(await Promise.race([...endless, run({ kind: 'add', a: 1, b: 1 }, { turn: 'b' })])).toBe(2);
    pool.close();
    await Promise.all(endless);
  });
});

function aPool(size: number): ThreadPool<Job, unknown> {
  return new ThreadPool({ program: PROGRAM, size, memoryMb: 64 });
}

function run(job: Job, terms: Partial<Parameters<ThreadPool<Job, unknown>['run']>[1]> = {}): Promise<unknown> {
  return pool.run(job, { turn: 'a', limitMs: MINUTE, ...terms });
}
