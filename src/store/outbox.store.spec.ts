import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, anExecution, aTask, aTimer, changesOf, NOON } from '../../test/support/rows.js';
import { Database, ExecutionStore, OutboxStore, TimerStore } from './index.js';

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let outbox: OutboxStore;
let timers: TimerStore;
const executions = new ExecutionStore();

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
  outbox = new OutboxStore(database);
  timers = new TimerStore(database);
});

afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

beforeEach(async () => {
  await source.query('TRUNCATE workflow_executions, outbox CASCADE');
});

async function save(changes: ReturnType<typeof changesOf>): Promise<void> {
  await database.transaction((tx) => executions.save(tx, [changes], { commit: true }));
}

async function targets(olderThanMs: number, limit: number): Promise<readonly string[]> {
  return (await outbox.targetsWithTells(olderThanMs, limit)).map(({ executionId }) => executionId);
}

describe('tells', () => {
  it('list those of one tree behind the first of each other', async () => {
    const root = anExecution();
    const commands = ['1', '2', '3'].map(
      (executionId) => ({ kind: 'tell', executionId, event: { kind: 'continue' } }) as const,
    );
    await save(changesOf(root, { commands }));
    await outbox.tell('other', { kind: 'pause' });

    expect(await targets(0, 10)).toEqual(['1', 'other', '2', '3']);
  });

  it('list the executions that wait for theirs, the first told first', async () => {
    await outbox.tellAll([
      { executionId: 'b', event: { kind: 'pause' } },
      { executionId: 'a', event: { kind: 'sweep' } },
      { executionId: 'b', event: { kind: 'resume', env: undefined } },
    ]);

    expect(await targets(0, 10)).toEqual(['b', 'a']);
    expect(await targets(0, 1)).toEqual(['b']);
    expect(await targets(60_000, 10)).toEqual([]);
    const { told } = await database.transaction((tx) => executions.takeTells(tx, 'b'));
    expect(told).toEqual([
      { kind: 'event', event: { kind: 'pause' } },
      { kind: 'event', event: { kind: 'resume' } },
    ]);
  });

  it('count only when their transaction commits', async () => {
    const failing = database.transaction(async (tx) => {
      await outbox.tell('a', { kind: 'pause' }, tx);
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await targets(0, 10)).toEqual([]);
  });
});

describe('notifications', () => {
  async function notify(executionId: string, ...texts: readonly string[]): Promise<void> {
    const commands = texts.map(
      (text) => ({ kind: 'notify', publisher: { type: 'webhook' }, payload: { text } }) as const,
    );
    await save(changesOf(anExecution({ id: executionId }), { commands }));
  }

  async function take(limit = 10): Promise<string[]> {
    const taken = await outbox.takeNotifications(limit);
    return taken.map(({ executionId, payload }) => `${executionId} ${JSON.stringify(payload.text)}`);
  }

  it('come in order and are this node’s for a while', async () => {
    await notify('x', 'one', 'two');

    expect(await outbox.takeNotifications(1)).toEqual([
      {
        id: expect.any(Number),
        executionId: 'x',
        publisher: { type: 'webhook' },
        payload: { text: 'one' },
        attempts: 1,
      },
    ]);
    expect(await take()).toEqual([]);
  });

  it('wait behind an earlier one of their execution, not behind other executions', async () => {
    await notify('x', 'one', 'two');
    await notify('y', 'one');
    const [first] = await outbox.takeNotifications(1);
    expect(await take()).toEqual(['y "one"']);

    await outbox.dropNotifications([first?.id ?? 0]);

    expect(await take()).toEqual(['x "two"']);
  });

  it('come again after a delay', async () => {
    await notify('x', 'one');
    const [first] = await outbox.takeNotifications(1);
    await outbox.postponeNotifications([first?.id ?? 0], 0);

    expect(await outbox.takeNotifications(1)).toMatchObject([{ id: first?.id, attempts: 2 }]);
  });

  it('have not been tried when they were only taken', async () => {
    await notify('x', 'one', 'two');
    const ids = (await outbox.takeNotifications(2)).map(({ id }) => id);
    await outbox.postponeNotifications(ids, 0, ids.slice(1));

    expect(await outbox.takeNotifications(2)).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
  });
});

describe('timers', () => {
  it('come when due, the earliest first, and then not for a while', async () => {
    const execution = anExecution();
    const task = aTask(execution);
    const [late, early, future] = [30, 10, 1000].map((seconds) => aTimer(task, { dueAt: NOON + seconds * 1_000_000 }));
    if (late === undefined || early === undefined || future === undefined) throw new Error('no timers');
    await save(changesOf(execution, { tasks: added(task), timersSet: [late, early, future] }));
    const now = NOON + 60_000_000;

    expect(await timers.nextTimerAt()).toBe(early.dueAt);
    expect(await timers.dueTimers(10, now)).toEqual(
      [early, late].map(({ id }) => ({ timerId: id, executionId: execution.id })),
    );
    expect(await timers.dueTimers(10, now)).toEqual([]);
    expect(await timers.nextTimerAt()).toBe(now + 5_000_000);
    expect(await timers.dueTimers(10, now + 5_000_000)).toHaveLength(2);
  });

  it('are set anew under the same id', async () => {
    const execution = anExecution();
    const task = aTask(execution);
    const timer = aTimer(task);
    await save(changesOf(execution, { tasks: added(task), timersSet: [timer] }));
    await timers.dueTimers(10, NOON);
    await save(changesOf({ ...execution, version: 2 }, { timersSet: [{ ...timer, dueAt: NOON + 7 }] }));

    expect(await timers.nextTimerAt()).toBe(NOON + 7);
  });

  it('are none when nothing waits', async () => {
    expect(await timers.nextTimerAt()).toBeUndefined();
  });
});
