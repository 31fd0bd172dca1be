import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { claimAs } from '../../test/support/claims.js';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, anAction, anExecution, aTask, changesOf } from '../../test/support/rows.js';
import type { StartRequest } from '../core/flow/events.js';
import { ClaimStore, Database, ExecutionStore, OutboxStore, WakeupStore } from './index.js';

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let wakeups: WakeupStore;
let claims: ClaimStore;
let outbox: OutboxStore;
const executions = new ExecutionStore();

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
  wakeups = new WakeupStore(database);
  claims = new ClaimStore(database);
  outbox = new OutboxStore(database);
});

afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

beforeEach(async () => {
  await source.query('TRUNCATE workflow_executions, outbox, executor_nodes CASCADE');
});

async function save(...changes: ReturnType<typeof changesOf>[]): Promise<void> {
  await database.transaction((tx) => executions.save(tx, changes, { commit: true }));
}

async function anActionOf(dispatch: 'queued' | 'inline'): Promise<string> {
  const execution = anExecution();
  const task = aTask(execution);
  const action = anAction(task, { dispatch });
  await save(changesOf(execution, { tasks: added(task), actions: added(action) }));
  return action.id;
}

describe('waking actions', () => {
  it('puts one that nobody has before an executor, once', async () => {
    const id = await anActionOf('queued');

    await wakeups.wakeActions([id]);
    await wakeups.wakeActions([id]);

    expect(await source.query('SELECT kind, action_id FROM outbox')).toEqual([{ kind: 'run', action_id: id }]);
    expect(await wakeups.rowsWithoutWakeup()).toEqual([]);
  });

  it('reports the loss of one that somebody has without a lease, and never starts it again by itself', async () => {
    const id = await anActionOf('queued');
    await source.query(`UPDATE action_executions SET claimed_by = 'node-1'`);

    await wakeups.wakeActions([id]);

    expect(await source.query('SELECT FROM outbox')).toEqual([]);
    expect(await claims.expiredLeases(10)).toMatchObject([{ actionId: id, claimedBy: 'node-1' }]);
  });

  it('leaves alone what is claimed, and what the loop runs itself', async () => {
    const ids = [await anActionOf('queued'), await anActionOf('inline')];
    await wakeups.wakeActions(ids);
    await claimAs(claims, 10, 'node-1', 10);

    await wakeups.wakeActions(ids);

    expect(await source.query('SELECT FROM outbox')).toEqual([]);
    expect(await claims.expiredLeases(10)).toEqual([]);
  });
});

describe('sub-workflows that have ended', () => {
  it('are found while their parent does not know', async () => {
    const parent = anExecution();
    const task = aTask(parent, { type: 'WORKFLOW' });
    await save(changesOf(parent, { tasks: added(task) }));
    const below = { parentExecutionId: parent.id, taskExecutionId: task.id };
    const [ended, running, told] = [
      anExecution({ ...below, state: 'SUCCESS' }),
      anExecution(below),
      anExecution({ ...below, state: 'ERROR' }),
    ];
    await save(changesOf(ended), changesOf(running), changesOf(told));
    await source.query(`UPDATE workflow_executions SET reported_state = 'ERROR' WHERE id = $1`, [told.id]);

    expect(await wakeups.endedUntold([task.id])).toEqual([ended.id]);
  });
});

describe('orphans', () => {
  function aStart(id: string, parentId?: string): StartRequest {
    const workflow = { id: 'w', name: 'wf', namespace: '', workbookName: null, specId: 'spec' };
    const request = { id, projectId: 'p', workflow, input: {}, params: {}, description: null };
    if (parentId === undefined) return request;
    const parent = { executionId: parentId, taskExecutionId: 't', rootExecutionId: parentId, index: 0, run: 0 };
    return { ...request, parent };
  }

  async function left(): Promise<string[]> {
    const rows: { execution_id: string }[] = await source.query('SELECT execution_id FROM outbox ORDER BY id');
    return rows.map((row) => row.execution_id);
  }

  it('are events for executions that are gone, and starts below a parent that is gone', async () => {
    const execution = anExecution({ id: 'there' });
    await save(changesOf(execution));
    await outbox.tell('there', { kind: 'continue' });
    await outbox.tell('gone', { kind: 'continue' });
    await outbox.start(aStart('root'));
    await outbox.tell('root', { kind: 'pause' });
    await outbox.start(aStart('child', 'there'));
    await outbox.tell('child', { kind: 'pause' });
    await outbox.start(aStart('child-of-none', 'gone'));

    expect(await wakeups.dropOrphans(60)).toBe(0);
    expect(await wakeups.dropOrphans(0)).toBe(2);

    expect(await left()).toEqual(['there', 'root', 'root', 'child', 'child']);
  });
});
