import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { FakeClock, silentLogger } from '../../src/config/index.js';
import type { ExecutionRow } from '../../src/core/flow/index.js';
import { ExpirationService } from '../../src/scheduler/expiration.service.js';
import { Database, DeletionStore, ExecutionStore, ExpirationStore } from '../../src/store/index.js';
import { openTestDataSource } from '../support/data-source.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { added, aTask, anExecution, changesOf } from '../support/rows.js';

const MINUTE = 60_000_000;
const NOON = new FakeClock().now();
const NONE = {
  expirationIntervalMinutes: 5,
  expirationOlderThanMinutes: undefined,
  expirationMaxFinished: 0,
  expirationBatchSize: 0,
  expirationIgnoredStates: [],
} as const;

let testing: TestDatabase;
let source: DataSource;
let database: Database;
const executions = new ExecutionStore();

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
});

afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

beforeEach(async () => {
  await source.query('TRUNCATE workflow_executions CASCADE');
});

/** An execution that ended, or last changed, so many minutes before noon. */
async function store(id: string, minutesAgo: number, changes: Partial<ExecutionRow> = {}): Promise<void> {
  const updatedAt = NOON - minutesAgo * MINUTE;
  const row = anExecution({ id, state: 'SUCCESS', createdAt: updatedAt - MINUTE, updatedAt, ...changes });
  await database.transaction((tx) => executions.save(tx, [changesOf(row, { tasks: added(aTask(row)) })]));
}

async function left(): Promise<readonly string[]> {
  const rows: { id: string }[] = await source.query('SELECT id FROM workflow_executions ORDER BY id');
  return rows.map(({ id }) => id);
}

function aDuty(policy: Partial<ConstructorParameters<typeof ExpirationService>[3]>): ExpirationService {
  const all = { ...NONE, ...policy };
  return new ExpirationService(
    database,
    new ExpirationStore(),
    new DeletionStore(database),
    all,
    new FakeClock(),
    silentLogger,
  );
}

describe('finished executions', () => {
  it('go when they are old, with everything below them', async () => {
    await store('old', 61);
    await store('old-error', 90, { state: 'ERROR' });
    await store('young', 59);
    await store('running', 300, { state: 'RUNNING' });
    await store('paused', 300, { state: 'PAUSED' });
    const below = { parentExecutionId: 'old', rootExecutionId: 'old', taskExecutionId: 't' };
    await store('old-sub', 61, below);
    await store('young-sub', 200, { ...below, parentExecutionId: 'young', rootExecutionId: 'young' });

    expect(await aDuty({ expirationOlderThanMinutes: 60 }).tick()).toBeUndefined();

    expect(await left()).toEqual(['paused', 'running', 'young', 'young-sub']);
    expect(await source.query('SELECT count(*)::int AS count FROM task_executions')).toEqual([{ count: 4 }]);
  });

  it('go when more than enough younger ones are there', async () => {
    for (const [id, minutes] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ] as const)
      await store(id, minutes);
    await store('running', 9, { state: 'RUNNING' });
    await aDuty({ expirationMaxFinished: 2 }).tick();
    expect(await left()).toEqual(['a', 'b', 'running']);
  });

  it('go for either reason where both rules are given', async () => {
    for (const [id, minutes] of [
      ['a', 1],
      ['b', 2],
      ['c', 70],
      ['d', 80],
    ] as const)
      await store(id, minutes);
    await aDuty({ expirationMaxFinished: 1, expirationOlderThanMinutes: 60 }).tick();
    expect(await left()).toEqual(['a']);
  });

  it('stay in ignored states, and are not counted', async () => {
    await store('error', 90, { state: 'ERROR' });
    await store('cancelled', 91, { state: 'CANCELLED' });
    await store('success', 92);
    await aDuty({
      expirationOlderThanMinutes: 60,
      expirationMaxFinished: 1,
      expirationIgnoredStates: ['ERROR'],
    }).tick();
    expect(await left()).toEqual(['error']);
  });

  it('go in batches, the next one soon', async () => {
    for (let i = 0; i < 5; i++) await store(`e${String(i)}`, 70 + i);
    const duty = aDuty({ expirationOlderThanMinutes: 60, expirationBatchSize: 2 });
    expect(await duty.tick()).toBe(10);
    expect(await left()).toEqual(['e0', 'e1', 'e2']);
    expect([await duty.tick(), await duty.tick()]).toEqual([10, undefined]);
    expect(await left()).toEqual([]);
  });

  it('stay when one of them has begun again', async () => {
    await store('rerun', 90, { state: 'ERROR' });
    await source.query(`UPDATE workflow_executions SET state = 'RUNNING', finished_at = NULL WHERE id = 'rerun'`);
    await aDuty({ expirationOlderThanMinutes: 60 }).tick();
    expect(await left()).toEqual(['rerun']);
  });
});

describe('the clean-up', () => {
  it('does not hinder another node at the same work', async () => {
    for (let i = 0; i < 30; i++) await store(`e${String(i)}`, 70 + i);
    const nodes = [1, 2, 3].map(() => aDuty({ expirationOlderThanMinutes: 60, expirationBatchSize: 10 }));
    await Promise.all(nodes.map((node) => node.tick()));
    await Promise.all(nodes.map((node) => node.tick()));
    expect(await left()).toEqual([]);
  });

  it('comes at its interval, and not at all without one', async () => {
    await store('old', 61);
    expect(aDuty({ expirationIntervalMinutes: 5 }).everyMs).toBe(300_000);
    const off = aDuty({ expirationIntervalMinutes: undefined, expirationOlderThanMinutes: 60 });
    expect(await off.tick()).toBeUndefined();
    expect(off.everyMs).toBe(2_147_483_647);
    expect(await left()).toEqual(['old']);
  });
});
