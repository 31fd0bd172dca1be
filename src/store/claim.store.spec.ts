import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { claimAs } from '../../test/support/claims.js';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, aTask, anAction, anExecution, changed, changesOf } from '../../test/support/rows.js';
import type { ActionRow } from '../core/flow/index.js';
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

/** An execution whose task has started this many actions. */
async function started(count: number, change: Partial<ActionRow> = {}): Promise<readonly ActionRow[]> {
  const { projectId = '<default-project>' } = change;
  const execution = anExecution({ projectId });
  const task = aTask(execution, { name: 'greet' });
  const actions = Array.from({ length: count }, (_, index) => anAction(task, { index, ...change }));
  const commands = actions.map(({ id }) => ({ kind: 'run-action', actionId: id }) as const);
  await save(changesOf(execution, { tasks: added(task), actions: added(...actions), commands }));
  return actions;
}

async function save(changes: ReturnType<typeof changesOf>): Promise<void> {
  await database.transaction((tx) => executions.save(tx, [changes], { commit: true }));
}

async function update(action: ActionRow, commands: ReturnType<typeof changesOf>['commands'] = []): Promise<void> {
  const execution = anExecution({ id: action.executionId ?? '', version: Math.floor(Math.random() * 1e9) });
  await save(changesOf(execution, { actions: changed(action), commands }));
}

function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Error(`expected one, got ${list.length}`);
  return first;
}

describe('claiming', () => {
  it('gives an executor what it needs, and takes the run row', async () => {
    const action = only(
      await started(1, { runName: 'std.http', runInput: { url: 'x' }, timeoutSeconds: 2, safeRerun: true }),
    );

    const claimed = only(await claimAs(claims, 10, 'node-1', 10));

    expect(claimed).toEqual({
      id: action.id,
      executionId: action.executionId,
      taskExecutionId: action.taskExecutionId,
      taskName: 'greet',
      projectId: '<default-project>',
      workflowName: 'wf',
      workflowNamespace: '',
      rootExecutionId: action.executionId,
      name: 'std.echo',
      runName: 'std.http',
      input: { url: 'x' },
      target: null,
      timeoutSeconds: 2,
      isSync: true,
      safeRerun: true,
      attempts: 1,
      unwanted: null,
    });
    expect(await claimAs(claims, 10, 'node-2', 10)).toEqual([]);
    expect(await source.query('SELECT FROM outbox')).toEqual([]);
  });

  it('takes the oldest first, or those asked for', async () => {
    const actions = await started(4);

    const asked = await claimAs(claims, [actions[2]?.id ?? ''], 'node-1', 10);
    const next = await claimAs(claims, 2, 'node-1', 10);

    expect([...asked, ...next].map(({ id }) => id)).toEqual([actions[2]?.id, actions[0]?.id, actions[1]?.id]);
  });

  it('goes round the projects, and in each round the root executions', async () => {
    const flood = await started(20, { projectId: 'flood' });
    const [small, other] = [await started(2, { projectId: 'small' }), await started(1, { projectId: 'small' })];

    const claimed = await claimAs(claims, 6, 'node-1', 10);

    const expected = [...flood.slice(0, 3), ...small, ...other].map(({ id }) => id);
    expect(claimed.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
  });

  it('counts what the node runs already, and gives nobody more than a share', async () => {
    const flood = await started(20, { projectId: 'flood' });
    const root = flood[0]?.executionId ?? '';
    const other = await started(20, { projectId: 'flood' });
    const shares = { held: [{ project: 'flood', root, n: 3 }], ofRoot: 4, ofProject: 7 };

    const claimed = await claimAs(claims, 10, 'node-1', 10, shares);

    expect(claimed.map(({ id }) => id).toSorted()).toEqual(
      [...other.slice(0, 3), flood[0]].map((a) => a?.id).toSorted(),
    );
    const asked = [...flood, ...other].map(({ id }) => id);
    const held = [...shares.held, { project: 'flood', root: other[0]?.executionId ?? '', n: 2 }];
    expect(await claimAs(claims, asked, 'node-1', 10, { ...shares, held })).toHaveLength(2);
  });

  it('gives the only action of a project its turn, however many others wait', async () => {
    await source.query(`INSERT INTO outbox (kind, action_id, run_for, root_execution_id)
      SELECT 'run', 'none-' || i, 'flood-' || i % 10, 'root-' || i % 30000 FROM generate_series(1, 60000) i`);
    await source.query('ANALYZE outbox');
    const one = only(await started(1));

    expect(await claimAs(claims, 64, 'node-1', 10)).toMatchObject([{ id: one.id }]);
  });

  it('never hands out an action twice to 8 claimers at once', async () => {
    const actions = await started(1000);
    const claimed: string[] = [];

    await Promise.all(
      Array.from({ length: 8 }, async (_, node) => {
        for (let isEmpty = false; !isEmpty;) {
          const batch = await claimAs(claims, 17, `node-${node}`, 10);
          claimed.push(...batch.map(({ id }) => id));
          isEmpty = batch.length === 0;
        }
      }),
    );

    expect(claimed).toHaveLength(1000);
    expect(new Set(claimed)).toEqual(new Set(actions.map(({ id }) => id)));
  });

  it('drops the run row of an action that has ended', async () => {
    const action = only(await started(1));
    await update({ ...action, state: 'CANCELLED' });

    expect(await claimAs(claims, 10, 'node-1', 10)).toEqual([]);
    expect(await source.query('SELECT FROM outbox')).toEqual([]);
  });
});

describe('leases', () => {
  it('are extended only for their holder, and only while the action runs', async () => {
    const [first, second] = await started(2);
    await claimAs(claims, 2, 'node-1', 10);
    if (first === undefined || second === undefined) throw new Error('no actions');
    await update({ ...second, state: 'SUCCESS' });

    expect(await claims.keep('node-1', [first.id, second.id])).toEqual([{ id: first.id, unwanted: null }]);
    expect(await claims.keep('node-2', [first.id])).toEqual([]);
  });

  it('that end are reported once, until the loss is decided', async () => {
    const action = only(await started(1));
    await claimAs(claims, 1, 'node-1', 0);

    const lost = await claims.expiredLeases(10);

    expect(lost).toEqual([{ actionId: action.id, executionId: action.executionId, claimedBy: 'node-1' }]);
    expect(await claims.expiredLeases(10)).toEqual([]);
    expect(await stillLost(action.id)).toEqual([action.id]);
  });

  it('are saved by a heartbeat that comes before the decision', async () => {
    const action = only(await started(1));
    await claimAs(claims, 1, 'node-1', 0);
    await claims.expiredLeases(10);

    await claims.keep('node-1', [action.id]);

    expect(await stillLost(action.id)).toEqual([]);
  });

  it('end when the action runs again: another node may claim it, the first no longer holds it', async () => {
    const action = only(await started(1, { safeRerun: true }));
    await claimAs(claims, 1, 'node-1', 0);
    await claims.expiredLeases(10);

    await update(action, [{ kind: 'run-action', actionId: action.id }]);
    const again = only(await claimAs(claims, 10, 'node-2', 10));

    expect(again).toMatchObject({ id: action.id, attempts: 2 });
    expect(await claims.keep('node-1', [action.id])).toEqual([]);
    expect(await stillLost(action.id)).toEqual([]);
  });

  it('are released by a run command alone', async () => {
    const action = only(await started(1));
    await claimAs(claims, 1, 'node-1', 10);

    await save(
      changesOf(anExecution({ id: action.executionId ?? '', version: 2 }), {
        commands: [{ kind: 'run-action', actionId: action.id }],
      }),
    );

    expect(await claimAs(claims, 10, 'node-2', 10)).toHaveLength(1);
  });

  it('are handed back by a node that shuts down', async () => {
    const actions = await started(2);
    await claimAs(claims, 2, 'node-1', 10);
    const ids = actions.map(({ id }) => id);

    expect(await claims.releaseClaims('node-2', ids)).toEqual([]);
    expect([...(await claims.releaseClaims('node-1', ids))].sort()).toEqual([...ids].sort());

    expect(await claimAs(claims, 10, 'node-2', 10)).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  });

  it('of which their node does not know are handed back, other claims stay', async () => {
    const [known, unknown] = await started(2);
    const [foreign] = await started(1);
    await claimAs(claims, [known?.id ?? '', unknown?.id ?? ''], 'node-1', 10);
    await claimAs(claims, [foreign?.id ?? ''], 'node-2', 10);

    expect(await claims.releaseUnknown('node-1', [known?.id ?? ''])).toEqual([unknown?.id]);
    expect(await claimAs(claims, 10, 'node-3', 10)).toMatchObject([{ id: unknown?.id, attempts: 1 }]);
  });
});

async function stillLost(id: string): Promise<readonly string[]> {
  return await database.transaction((tx) => claims.stillLost(tx, [id]));
}
