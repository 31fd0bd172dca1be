import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { claimAs } from '../../test/support/claims.js';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, aTask, anAction, anExecution, changesOf } from '../../test/support/rows.js';
import { until } from '../../test/support/until.js';
import { ClaimStore, Database, ExecutionStore } from './index.js';

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let claims: ClaimStore;
const executions = new ExecutionStore();

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
  claims = new ClaimStore(database);
});

afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

beforeEach(async () => {
  await source.query('TRUNCATE workflow_executions, outbox, executor_nodes CASCADE');
});

async function queued(count: number): Promise<readonly string[]> {
  const execution = anExecution();
  const task = aTask(execution);
  const actions = Array.from({ length: count }, (_, index) => anAction(task, { index }));
  const commands = actions.map(({ id }) => ({ kind: 'run-action', actionId: id }) as const);
  const changes = changesOf(execution, { tasks: added(task), actions: added(...actions), commands });
  await database.transaction((tx) => executions.save(tx, [changes], { commit: true }));
  return actions.map(({ id }) => id);
}

async function only(): Promise<string> {
  const [id = ''] = await queued(1);
  return id;
}

async function nodes(): Promise<readonly string[]> {
  return (await source.query<{ name: string }[]>('SELECT name FROM executor_nodes ORDER BY name')).map((n) => n.name);
}

/** Changes with each write, also of the same values. */
async function versions(): Promise<unknown> {
  return await source.query('SELECT id, xmin, ctid FROM action_executions ORDER BY id');
}

async function lostIds(): Promise<readonly string[]> {
  return (await claims.expiredLeases(10, 0)).map(({ actionId }) => actionId);
}

async function stillLost(id: string): Promise<readonly string[]> {
  return await database.transaction((tx) => claims.stillLost(tx, [id]));
}

describe('the lease of a node', () => {
  it('is one row, whatever the node runs: a thousand running actions are not written', async () => {
    const ids = await queued(1000);
    await claimAs(claims, 1000, 'node-1', 60);
    const before = await versions();

    await claims.nodes.renew('node-1', 60);

    expect(await claims.keep('node-1', ids)).toHaveLength(1000);
    expect(await versions()).toEqual(before);
    expect(await nodes()).toEqual(['node-1']);
  });

  it('is renewed and what runs is looked at while others have locked the actions', async () => {
    const id = await only();
    await claimAs(claims, 1, 'node-1', 0);
    await claims.expiredLeases(10);

    await source.transaction(async (locking) => {
      await locking.query('SELECT FROM action_executions FOR UPDATE');
      await claims.nodes.renew('node-1', 60);
      expect(await claims.keep('node-1', [id])).toEqual([{ id, unwanted: null }]);
      expect(await claims.expiredLeases(10)).toEqual([]);
    });

    expect(await stillLost(id)).toEqual([id]);
    await claims.keep('node-1', [id]);
    expect(await stillLost(id)).toEqual([]);
  });

  it('must last for a claim; what waits stays where it is', async () => {
    const id = await only();
    await claims.nodes.renew('node-1', 0);

    expect(await claims.claimRuns(1, 'node-1')).toEqual([]);
    expect(await claims.claimRuns([id], 'node-1')).toEqual([]);
    expect(await claims.claimRuns([id], 'never-heard-of')).toEqual([]);
    await claims.nodes.renew('node-1', 60);

    expect(await claims.claimRuns([id], 'node-1')).toMatchObject([{ id, attempts: 1 }]);
  });
});

describe('when the lease of a node has ended', () => {
  it('all its actions are lost, those of others are not', async () => {
    const ids = await queued(3);
    await claimAs(claims, ids.slice(0, 2), 'node-1', 60);
    await claimAs(claims, ids.slice(2), 'node-2', 60);
    expect(await lostIds()).toEqual([]);

    await claims.nodes.end('node-1');

    expect((await lostIds()).toSorted()).toEqual(ids.slice(0, 2).toSorted());
  });

  it('and it is heard of again in time, its actions stay its own', async () => {
    const id = await only();
    await claimAs(claims, 1, 'node-1', 0);
    expect(await lostIds()).toEqual([id]);

    await claims.nodes.renew('node-1', 60);
    await claims.keep('node-1', [id]);

    expect(await stillLost(id)).toEqual([]);
    expect(await lostIds()).toEqual([]);
  });

  it('the node is forgotten once it has no claims, and comes back as if it were new', async () => {
    const id = await only();
    await claimAs(claims, 1, 'node-1', 0);
    await claimAs(claims, 1, 'node-2', 60);

    expect(await lostIds()).toEqual([id]);
    await until(async () => {
      await claims.expiredLeases(10);
      return (await nodes()).length === 1;
    });

    expect(await nodes()).toEqual(['node-2']);
    const next = await only();
    expect(await claimAs(claims, [next], 'node-1', 60)).toHaveLength(1);
  });

  it('the node is not forgotten while it is claiming', async () => {
    await claims.nodes.renew('node-1', 0);
    await source.transaction(async (claiming) => {
      await claiming.query('SELECT FROM executor_nodes FOR KEY SHARE');
      await claims.nodes.remove(['node-1']);
      expect(await nodes()).toEqual(['node-1']);
    });

    await claims.nodes.remove(['node-1']);
    expect(await nodes()).toEqual([]);
  });

  it('the node is not forgotten while it has claims', async () => {
    await only();
    await claimAs(claims, 1, 'node-1', 0);
    await claims.nodes.remove(['node-1']);

    expect(await nodes()).toEqual(['node-1']);
  });
});

describe('a lease of its own', () => {
  it('has an action that its node has given up, although the node lives on', async () => {
    const [id = '', other = ''] = await queued(2);
    await claimAs(claims, 2, 'node-1', 60);
    await claims.giveUp('node-1', [id]);
    await claims.giveUp('node-2', [other]);

    expect(await lostIds()).toEqual([id]);
    expect(await stillLost(id)).toEqual([id]);
  });

  it('has an action that a node of an earlier version has claimed: it counts, whatever the nodes', async () => {
    const [ended = '', lasting = ''] = await queued(2);
    await source.query('DELETE FROM outbox');
    await source.query(
      `UPDATE action_executions SET claimed_by = 'old', lease_until = now() +
      CASE id WHEN $1 THEN interval '-1 second' ELSE interval '1 minute' END`,
      [ended],
    );

    expect(await lostIds()).toEqual([ended]);
    expect(await stillLost(lasting)).toEqual([]);
    expect(await source.query('SELECT FROM rows_without_wakeup')).toEqual([]);
  });
});
