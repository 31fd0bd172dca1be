import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, anExecution, aTask, aTimer, changesOf, NOON } from '../../test/support/rows.js';
import { Database, ExecutionStore, OutboxStore, type Waiting, WaitingStore } from './index.js';

const NOTHING: Waiting = {
  timerAt: null,
  cronAt: null,
  hasTells: false,
  hasNotifications: false,
  hasDeletions: false,
  isInMaintenance: false,
};

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let waiting: WaitingStore;

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
  waiting = new WaitingStore(database);
});
afterAll(async () => {
  await source.destroy();
  await testing.drop();
});
beforeEach(async () => {
  await source.query('TRUNCATE workflow_executions, outbox, deletions, settings CASCADE');
});

async function save(parts: Parameters<typeof changesOf>[1]): Promise<void> {
  const execution = anExecution();
  await database.transaction((tx) => new ExecutionStore().save(tx, [changesOf(execution, parts)], { commit: true }));
}

describe('a look at what waits', () => {
  it('sees nothing in an empty database', async () => {
    expect(await waiting.look()).toEqual(NOTHING);
  });

  it('sees when the next timer is due', async () => {
    const execution = anExecution();
    const task = aTask(execution);
    const changes = changesOf(execution, {
      tasks: added(task),
      timersSet: [aTimer(task, { dueAt: NOON + 2 }), aTimer(task, { dueAt: NOON + 1 })],
    });
    await database.transaction((tx) => new ExecutionStore().save(tx, [changes], { commit: true }));

    expect(await waiting.look()).toEqual({ ...NOTHING, timerAt: NOON + 1 });
  });

  it('sees what was told', async () => {
    await new OutboxStore(database).tell('a', { kind: 'pause' });

    expect(await waiting.look()).toEqual({ ...NOTHING, hasTells: true });
  });

  it('sees notifications that may be sent now', async () => {
    const outbox = new OutboxStore(database);
    await save({ commands: [{ kind: 'notify', publisher: {}, payload: {} }] });
    expect(await waiting.look()).toEqual({ ...NOTHING, hasNotifications: true });

    await outbox.takeNotifications(1);
    expect(await waiting.look()).toEqual(NOTHING);
  });

  it('sees what is to be deleted, and maintenance', async () => {
    await save({});
    await source.query('INSERT INTO deletions (execution_id, depth) SELECT id, 0 FROM workflow_executions');
    await source.query(`INSERT INTO settings (name, value) VALUES ('maintenance', 'PAUSING')`);

    expect(await waiting.look()).toEqual({ ...NOTHING, hasDeletions: true, isInMaintenance: true });
  });
});
