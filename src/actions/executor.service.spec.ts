import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ActionCall, defineAction, success } from '@tramontane/plugin-sdk';
import type { DataSource } from 'typeorm';
import { claimAs } from '../../test/support/claims.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, aTask, anAction, anExecution, changesOf } from '../../test/support/rows.js';
import { until } from '../../test/support/until.js';
import { FakeClock, silentLogger } from '../config/index.js';
import type { ActionOutcome, ActionRow } from '../core/flow/index.js';
import { News } from '../engine/index.js';
import {
  ClaimStore,
  Database,
  dataSourceOptions,
  DynamicActionStore,
  ExecutionStore,
  openDataSource,
} from '../store/index.js';
import { InProcessTransport, type JobTransport } from '../transport/index.js';
import { ActionCatalogue } from './catalogue.js';
import { ClaimedActionRunner } from './claimed-action-runner.js';
import { type ExecutorConfig, ExecutorService } from './executor.service.js';
import { OutcomeReporter } from './outcome-reporter.js';
import { RunnableActions } from './runnable-actions.js';

type Call = ActionCall<Record<string, unknown>>;

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let claims: ClaimStore;
let act: (call: Call) => Promise<unknown>;
let started: string[];
let reported: [string, string | null, ActionOutcome | 'pending' | 'lost'][];
let executors: ExecutorService[];
let news: News;

const catalogue = new ActionCatalogue([
  {
    packageName: 'acme',
    name: 'acme',
    actions: [
      defineAction('acme.act', { description: 'Acts.', acceptsOtherParameters: true }, async (call) => {
        started.push(call.idempotencyKey);
        return success(await act(call));
      }),
    ],
  },
]);

beforeAll(async () => {
  testing = await testDatabase();
  source = await openDataSource(dataSourceOptions({ url: testing.url, poolSize: 20 }));
  database = new Database(source);
  claims = new ClaimStore(database);
});

afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

beforeEach(async () => {
  await source.query('TRUNCATE workflow_executions, outbox, executor_nodes CASCADE');
  act = () => Promise.resolve('done');
  [started, reported, executors] = [[], [], []];
  news = new News();
});

afterEach(async () => {
  for (const executor of executors) await stop(executor);
});

describe('an executor', () => {
  it('runs an action of which it is told, and reports its result', async () => {
    const transport = new InProcessTransport();
    anExecutor({}, transport);
    const [id = ''] = await queued(1);
    transport.send('runs', [id]);
    await until(() => reported.length === 1);

    expect(reported).toEqual([[id, expect.any(String), { state: 'SUCCESS', result: 'done' }]]);
  });

  it('finds what nobody told it of', async () => {
    await queued(3);
    anExecutor({ executorConcurrency: 1 });

    await until(() => reported.length === 3);
  });

  it('runs nothing without its role', async () => {
    const transport = new InProcessTransport();
    const executor = anExecutor({ roles: ['api'] }, transport);
    transport.send('runs', await queued(1));
    await stop(executor);

    expect(await waitingRuns()).toBe(1);
  });

  it('tells the action where it runs and where to report', async () => {
    let seen: unknown;
    act = ({ execution }) => Promise.resolve((seen = execution));
    anExecutor();
    const [id = ''] = await queued(1);
    await until(() => seen !== undefined);

    expect(seen).toEqual({
      workflowExecutionId: expect.any(String),
      taskExecutionId: expect.any(String),
      actionExecutionId: id,
      workflowName: 'wf',
      projectId: '<default-project>',
      rootExecutionId: expect.any(String),
      callbackUrl: `https://flows.example/v2/action_executions/${id}`,
    });
  });

  it('reports an action that no pack has as an error', async () => {
    await queued(1, { runName: 'acme.nope' });
    anExecutor();
    await until(() => reported.length === 1);

    expect(reported[0]?.[2]).toEqual({ state: 'ERROR', result: 'Failed to find action [action_name=acme.nope]' });
  });

  it('never runs more actions at once than it may', async () => {
    let now = 0;
    let most = 0;
    act = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
    };
    for (let execution = 0; execution < 5; execution++) await queued(10);
    anExecutor({ executorConcurrency: 4 });
    await until(() => reported.length === 50);

    expect(most).toBe(4);
  });
});

describe('places', () => {
  it('are kept for others: one execution has three quarters of them, and whoever comes next starts at once', async () => {
    const transport = new InProcessTransport();
    act = forever;
    anExecutor({ executorConcurrency: 8 }, transport);
    transport.send('runs', await queued(8));
    await until(() => started.length === 6);
    const next = await queued(1);
    transport.send('runs', next);
    await until(() => started.length === 7);

    expect(started.at(-1)).toBe(next[0]);
  });

  it('are taken again by one that has a full share as soon as it has one less', async () => {
    const finish: (() => void)[] = [];
    act = () => new Promise<void>((resolve) => finish.push(resolve));
    await queued(20);
    anExecutor({ executorConcurrency: 8 });
    for (let done = 0; done < 20; done++) {
      await until(() => finish.length > done);
      finish[done]?.();
    }
    await until(() => reported.length === 20);

    expect(new Set(started).size).toBe(20);
  });
});

describe('eight executors', () => {
  it('start each action once', async () => {
    const all = Array.from({ length: 8 }, () => new InProcessTransport());
    for (const transport of all) anExecutor({ executorConcurrency: 16 }, transport);
    const ids = await queued(400);
    for (const transport of all) transport.send('runs', ids);
    await until(() => reported.length >= 400);

    expect(started).toHaveLength(400);
    expect(new Set(started)).toEqual(new Set(ids));
  });
});

describe('a lease', () => {
  it('is renewed all the time, also while somebody has locked the actions that run', async () => {
    act = forever;
    await queued(1);
    const { node } = anExecutor({ leaseSeconds: 1 });
    await until(() => started.length === 1);
    await source.transaction(async (locking) => {
      await locking.query('SELECT FROM action_executions FOR UPDATE');
      const first = await until(() => leaseOf(node));
      await until(async () => ((await leaseOf(node)) ?? 0) > first + 1_000);
    });

    expect(await claims.expiredLeases(10)).toEqual([]);
    expect(reported).toEqual([]);
  });

  it('that had ended is renewed before anything is claimed', async () => {
    const executor = anExecutor({ leaseSeconds: 3600 });
    await until(() => leaseOf(executor.node));
    await stop(executor);
    const ended = await leaseOf(executor.node);
    await queued(1);
    const next = anExecutor({ leaseSeconds: 3600 });
    await until(() => reported.length === 1);

    expect(await leaseOf(executor.node)).toBe(ended);
    expect(await leaseOf(next.node)).toBeGreaterThan(ended ?? 0);
  });

  it('that was taken away stops the action, whose result is dropped', async () => {
    let isStopped = false;
    act = async (call) => {
      await forever(call).catch(() => (isStopped = true));
      return 'too late';
    };
    const [id = ''] = await queued(1);
    anExecutor({ leaseSeconds: 1 });
    await until(() => started.length === 1);
    await source.query(`UPDATE action_executions SET claimed_by = 'another' WHERE id = $1`, [id]);
    await until(() => isStopped);

    expect(reported).toEqual([]);
  });
});

describe('an outcome that the engine does not take', () => {
  it('is given up while the node lives on', async () => {
    act = () => Promise.reject(new Error('no outcome'));
    const [id = ''] = await queued(1);
    const { node } = anExecutor({ leaseSeconds: 1 }, new InProcessTransport(), () =>
      Promise.reject(new Error('refused')),
    );
    const lost = await until(async () => {
      const found = await claims.expiredLeases(10);
      return found.length > 0 && found;
    });

    expect(lost).toMatchObject([{ actionId: id, claimedBy: node }]);
    expect(started).toEqual([id]);
  });
});

describe('a claim whose answer was lost', () => {
  it('is handed back and run', async () => {
    const executor = anExecutor({ leaseSeconds: 1 });
    const [id = ''] = await queued(1);
    await claimAs(claims, [id], executor.node, 60);
    await until(() => reported.length === 1);

    expect(started).toEqual([id]);
  });
});

describe('an action for which nobody waits any more', () => {
  const CANCELLED = { state: 'CANCELLED', result: null };
  const TIMED_OUT = { state: 'ERROR', result: expect.stringContaining("msg='Timeout after 3600 seconds'") };

  /** Runs until it is told to stop. */
  beforeEach(() => {
    act = ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stop'))));
  });

  async function end(id: string, table: string, state: string): Promise<void> {
    const key = table === 'task_executions' ? 'task_execution_id' : 'execution_id';
    await source.query(
      `UPDATE ${table} SET state = $2 WHERE id = (SELECT ${key} FROM action_executions WHERE id = $1)`,
      [id, state],
    );
  }

  async function ownersOf(id: string): Promise<{ readonly task: string; readonly execution: string }> {
    const [row] = await source.query<{ task: string; execution: string }[]>(
      'SELECT task_execution_id AS task, execution_id AS execution FROM action_executions WHERE id = $1',
      [id],
    );
    if (row === undefined) throw new Error(`no action ${id}`);
    return row;
  }

  it.each([
    ['task_executions', 'CANCELLED', null, CANCELLED],
    ['workflow_executions', 'CANCELLED', null, CANCELLED],
    ['workflow_executions', 'CANCELLED', 3600, CANCELLED],
    ['task_executions', 'ERROR', null, CANCELLED],
    ['task_executions', 'ERROR', 3600, TIMED_OUT],
  ])('is stopped at the next look: %s %s, timeout %s', async (table, state, timeoutSeconds, expected) => {
    const [id = ''] = await queued(1, { timeoutSeconds });
    anExecutor({ leaseSeconds: 1 });
    await until(() => started.length === 1);
    await end(id, table, state);
    await until(() => reported.length === 1);

    expect(reported).toEqual([[id, expect.any(String), expected]]);
  });

  it.each([
    ['CANCELLED', null, CANCELLED],
    ['ERROR', 3600, TIMED_OUT],
  ] as const)(
    'is stopped at once when this process has ended its task: %s',
    async (state, timeoutSeconds, expected) => {
      const [id = ''] = await queued(1, { timeoutSeconds });
      anExecutor({ leaseSeconds: 3600 });
      await until(() => started.length === 1);
      const { task, execution } = await ownersOf(id);
      const owner = anExecution({ id: execution });
      news.publish([changesOf(owner, { tasks: added(aTask(owner, { id: task, state })) })]);
      await until(() => reported.length === 1);

      expect(reported).toEqual([[id, execution, expected]]);
    },
  );

  it('is stopped at once when this process has cancelled its execution, and no other', async () => {
    const [id = ''] = await queued(1);
    await queued(1);
    anExecutor({ leaseSeconds: 3600 });
    await until(() => started.length === 2);
    const { execution } = await ownersOf(id);
    news.publish([changesOf(anExecution({ id: execution, state: 'CANCELLED' }))]);
    await until(() => reported.length === 1);
    await new Promise((resolve) => setImmediate(resolve));

    expect(reported).toEqual([[id, execution, CANCELLED]]);
  });

  it('is not even started', async () => {
    const [id = ''] = await queued(1);
    await end(id, 'workflow_executions', 'CANCELLED');
    anExecutor();
    await until(() => reported.length === 1);

    expect(started).toEqual([]);
    expect(reported).toEqual([[id, expect.any(String), CANCELLED]]);
  });

  it('runs on in an execution that failed by other means', async () => {
    const [id = ''] = await queued(1);
    await end(id, 'workflow_executions', 'ERROR');
    const claimed = await claimAs(claims, [id], 'n', 10);

    expect(claimed).toMatchObject([{ id, unwanted: null }]);
    expect(await claims.keep('n', [id])).toEqual([{ id, unwanted: null }]);
  });
});

describe('a shutdown', () => {
  it('waits for what runs', async () => {
    let finish = (): void => undefined;
    act = () => new Promise<void>((resolve) => (finish = resolve));
    await queued(1);
    const executor = anExecutor({ shutdownGraceSeconds: 20 });
    await until(() => started.length === 1);
    const stopped = stop(executor);
    finish();
    await stopped;

    expect(reported).toHaveLength(1);
  });

  it('leaves what has no place yet to others', async () => {
    act = forever;
    await queued(3);
    const executor = anExecutor({ executorConcurrency: 1, shutdownGraceSeconds: 0 });
    await until(() => started.length === 1);
    await stop(executor);

    expect(await waitingRuns()).toBe(2);
  });

  it('hands back what it has stopped and may run again, and gives up the rest', async () => {
    act = forever;
    const [safe = ''] = await queued(1, { safeRerun: true });
    const [unsafe = ''] = await queued(1);
    const executor = anExecutor({ shutdownGraceSeconds: 0 });
    await until(() => started.length === 2);
    await stop(executor);

    expect(await claimAs(claims, 10, 'another', 10)).toMatchObject([{ id: safe, attempts: 1 }]);
    expect(await claims.expiredLeases(10)).toMatchObject([{ actionId: unsafe, claimedBy: executor.node }]);
    expect(reported).toEqual([]);
  });
});

function anExecutor(
  config: Partial<ExecutorConfig> = {},
  transport: JobTransport = new InProcessTransport(),
  report = take,
): ExecutorService {
  const engine = { report };
  const settings = { publicUrl: 'https://flows.example/' };
  const reporter = new OutcomeReporter(engine, silentLogger);
  const actions = new RunnableActions(catalogue, database, new DynamicActionStore());
  const runner = new ClaimedActionRunner(actions, reporter, settings, new FakeClock(), silentLogger);
  const defaults = { nodeName: 'n', executorConcurrency: 64, leaseSeconds: 10, shutdownGraceSeconds: 0 };
  const executor = new ExecutorService(
    claims,
    transport,
    news,
    runner,
    { roles: ['executor'], ...defaults, ...config },
    silentLogger,
  );
  executor.onApplicationBootstrap();
  executors.push(executor);
  return executor;
}

async function take(...call: (typeof reported)[number]): Promise<void> {
  reported.push(call);
  await source.query(`UPDATE action_executions SET state = 'SUCCESS', lease_until = NULL WHERE id = $1`, [call[0]]);
}

async function stop(executor: ExecutorService): Promise<void> {
  await executor.onModuleDestroy();
  await executor.beforeApplicationShutdown();
}

/** Actions of a new execution that wait in the outbox. */
async function queued(count: number, change: Partial<ActionRow> = {}): Promise<readonly string[]> {
  const execution = anExecution();
  const task = aTask(execution);
  const actions = Array.from({ length: count }, (_, index) =>
    anAction(task, { index, runName: 'acme.act', input: {}, ...change }),
  );
  const ids = actions.map(({ id }) => id);
  const commands = ids.map((actionId) => ({ kind: 'run-action', actionId }) as const);
  const changes = changesOf(execution, { tasks: added(task), actions: added(...actions), commands });
  await database.transaction((tx) => new ExecutionStore().save(tx, [changes], { commit: true }));
  return ids;
}

async function waitingRuns(): Promise<number> {
  const [row] = await source.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM outbox WHERE kind = 'run'`);
  return row?.n ?? 0;
}

async function leaseOf(node: string): Promise<number | undefined> {
  const [row] = await source.query<{ at: Date }[]>('SELECT lease_until AS at FROM executor_nodes WHERE name = $1', [
    node,
  ]);
  return row?.at.getTime();
}

async function forever({ signal }: Call): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
