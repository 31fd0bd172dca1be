import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, aTask, aTimer, anAction, anExecution, changed, changesOf, NOON } from '../../test/support/rows.js';
import { PyDict, PyFloat } from '../core/shared/index.js';
import type { ExecutionRow, StartRequest } from '../core/flow/index.js';
import { type ChangesToSave, Database, DeletionStore, ExecutionExistsError, ExecutionStore } from './index.js';

let testing: TestDatabase;
let source: DataSource;
let database: Database;
const store = new ExecutionStore();

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
});

afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

async function save(...changes: ChangesToSave[]): Promise<void> {
  await database.transaction((tx) => store.save(tx, changes, { commit: true }));
}

async function load(id: string, sinceVersion?: number) {
  const rows = await database.transaction((tx) => store.load(tx, id, sinceVersion));
  if (rows === undefined) throw new Error(`no execution ${id}`);
  return rows;
}

async function columns(table: string, id: string): Promise<Record<string, unknown>> {
  const [row] = await source.query<Record<string, unknown>[]>(`SELECT * FROM ${table} WHERE id = $1`, [id]);
  return row ?? {};
}

const ODD_JSON = {
  zebra: 4,
  apple: new PyFloat(4),
  long: 12345678901234567890n,
  text: 'é " \\ \n \u0000 \ud83d\ude00',
  nested: [null, true, 1.5, { b: {}, a: [] }],
};
/** Python's dicts keep the order of keys that JavaScript would sort. */
const ODD_KEYS = new PyDict<never>([
  ['2', 'b'],
  ['1', 'a'],
] as never);

describe('round trips', () => {
  it('gives back an execution as it was saved, to the microsecond', async () => {
    const parent = anExecution();
    const child = anExecution({
      workflowId: 'workflow',
      description: 'what for',
      tags: ['a', 'b'],
      params: { env: ODD_JSON },
      input: { odd: ODD_KEYS as never },
      output: 'text',
      context: ODD_JSON,
      state: 'ERROR',
      stateInfo: 'it went wrong',
      taskExecutionId: 'task',
      parentExecutionId: parent.id,
      rootExecutionId: parent.id,
      runtimeContext: { index: 3 },
      accepted: false,
      updatedAt: NOON + 1,
    });

    await save(changesOf(parent), changesOf(child));

    expect((await load(parent.id)).execution).toEqual(parent);
    expect((await load(child.id)).execution).toEqual(child);
  });

  it('gives back tasks, actions and timers as they were saved', async () => {
    const execution = anExecution();
    const task = aTask(execution, {
      workflowId: 'workflow',
      type: 'WORKFLOW',
      stateInfo: 'why',
      tags: ['x'],
      runtimeContext: { triggered_by: [{ task_id: 't', event: 'on-success' }] },
      published: ODD_JSON,
      publishedGlobal: {},
      processed: true,
      nextTasks: [['next', 'on-success']],
      hasNextTasks: true,
      errorHandled: true,
      items: { i: [1, 2, 3] },
      run: 2,
      updatedAt: NOON + 1,
      finishedAt: NOON + 2,
    });
    const action = anAction(task, {
      description: 'd',
      tags: ['y'],
      stateInfo: 'why',
      accepted: true,
      input: ODD_JSON,
      output: { result: null },
      index: 7,
      dispatch: 'external',
      isSync: false,
      safeRerun: true,
      target: 'node-1',
      timeoutSeconds: 1.5,
      runInput: { a: 1 },
      updatedAt: NOON + 3,
    });
    const timer = aTimer(task, { kind: 'wait-after', dueAt: NOON + 1_500_001, payload: { state: 'SUCCESS' } });

    await save(changesOf(execution, { tasks: added(task), actions: added(action), timersSet: [timer] }));

    expect(await load(execution.id)).toEqual({
      execution,
      tasks: [task],
      actions: [action],
      timers: [timer],
      children: [],
    });
  });

  it('stores JSON as Python writes it', async () => {
    const execution = anExecution({ input: { b: [1, 2], a: 'é', f: new PyFloat(1) } });

    await save(changesOf(execution));

    expect((await columns('workflow_executions', execution.id)).input).toBe('{"b": [1, 2], "a": "\\u00e9", "f": 1.0}');
  });

  it('takes NUL and broken characters out of plain text', async () => {
    const execution = anExecution({ stateInfo: 'a\u0000b\ud800c', description: '\ud83d\ude00' });

    await save(changesOf(execution));

    const stored = (await load(execution.id)).execution;
    expect(stored.stateInfo).toBe('ab\ufffdc');
    expect(stored.description).toBe('\ud83d\ude00');
  });
});

describe('saving', () => {
  it('changes only the columns of the execution that are named, and small ones', async () => {
    const execution = anExecution({ input: { kept: 1 }, context: { old: 1 } });
    await save(changesOf(execution));

    const next: ExecutionRow = {
      ...execution,
      version: 2,
      input: { lost: 1 },
      context: { new: 1 },
      state: 'SUCCESS',
      updatedAt: NOON + 5,
    };
    await save(changesOf(next, { executionColumns: ['version', 'context', 'state', 'updatedAt'] }));

    expect((await load(execution.id)).execution).toEqual({ ...next, input: { kept: 1 } });
    expect((await columns('workflow_executions', execution.id)).finished_at).toEqual(new Date(NOON / 1000));
  });

  it('never rewrites the input of an action, nor items that are not sent', async () => {
    const execution = anExecution();
    const task = aTask(execution, { items: { i: [1] } });
    const action = anAction(task, { input: { kept: 1 } });
    await save(changesOf(execution, { tasks: added(task), actions: added(action) }));

    const done = { ...action, state: 'SUCCESS', input: { lost: 1 }, output: { result: 1 }, accepted: true } as const;
    await save(
      changesOf(
        { ...execution, version: 2 },
        { tasks: changed({ ...task, state: 'SUCCESS' as const, items: null }), actions: changed(done) },
      ),
    );

    const rows = await load(execution.id);
    expect(rows.tasks).toEqual([{ ...task, state: 'SUCCESS' }]);
    expect(rows.actions).toEqual([{ ...done, input: { kept: 1 } }]);
  });

  it('merges several changes of one row in one transaction', async () => {
    const execution = anExecution();
    const task = aTask(execution);
    const timer = aTimer(task);

    await save(
      changesOf(execution, { tasks: added(task), timersSet: [timer] }),
      changesOf(
        { ...execution, version: 2, context: { x: 1 } },
        {
          executionColumns: ['context'],
          tasks: changed({ ...task, state: 'SUCCESS' as const }),
          timersGone: [timer.id],
        },
      ),
    );

    const rows = await load(execution.id);
    expect(rows.execution).toEqual({ ...execution, version: 2, context: { x: 1 } });
    expect(rows.tasks).toEqual([{ ...task, state: 'SUCCESS' }]);
    expect(rows.timers).toEqual([]);
  });

  it('writes one journal entry per version', async () => {
    const execution = anExecution();
    await save(changesOf(execution));
    await save(changesOf({ ...execution, version: 2 }));

    const rows = await source.query<unknown[]>(
      'SELECT version, seed, events FROM journal WHERE execution_id = $1 ORDER BY version',
      [execution.id],
    );

    expect(rows).toEqual([
      { version: 1, seed: 'seed', events: '[]' },
      { version: 2, seed: 'seed', events: '[]' },
    ]);
  });

  it('refuses an execution whose id is taken', async () => {
    const execution = anExecution();
    await save(changesOf(execution));

    await expect(save(changesOf(execution))).rejects.toThrow(ExecutionExistsError);
  });

  it('saves nothing of a transaction that fails later', async () => {
    const execution = anExecution();

    const failing = database.transaction(async (tx) => {
      await store.save(tx, [changesOf(execution)]);
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await database.transaction((tx) => store.load(tx, execution.id))).toBeUndefined();
  });

  it('inserts 10,000 actions with their run rows fast', async () => {
    const execution = anExecution();
    const task = aTask(execution);
    const actions = Array.from({ length: 10_000 }, (_, index) =>
      anAction(task, { index, input: { output: `item ${index}` }, createdAt: NOON + index }),
    );
    const commands = actions.map(({ id }) => ({ kind: 'run-action', actionId: id }) as const);

    const startedMs = performance.now();
    await save(changesOf(execution, { tasks: added(task), actions: added(...actions), commands }));
    const elapsedMs = performance.now() - startedMs;

    expect((await load(execution.id)).actions).toEqual(actions);
    // Some 250 ms on an idle machine; a row at a time would take as many seconds.
    expect(elapsedMs).toBeLessThan(10_000);
  });
});

describe('locking and loading', () => {
  it('tells the version and the epoch of definitions', async () => {
    const execution = anExecution();
    await save(changesOf(execution));
    const before = await database.transaction((tx) => store.lock(tx, execution.id));

    await source.query(`INSERT INTO workbooks (id, project_id, name, definition) VALUES ('book', 'p', 'book', '')`);
    const after = await database.transaction((tx) => store.lock(tx, execution.id));

    expect(before).toEqual({ version: 1, epoch: expect.any(Number), isDeleted: false, deaths: 0 });
    expect(after?.epoch).toBe((before?.epoch ?? 0) + 1);
  });

  it('knows no execution that is not there', async () => {
    expect(await database.transaction((tx) => store.lock(tx, 'none'))).toBeUndefined();
    expect(await database.transaction((tx) => store.load(tx, 'none'))).toBeUndefined();
  });

  it('lets one transaction at a time have an execution, and sees its version', async () => {
    const execution = anExecution();
    await save(changesOf(execution));

    await Promise.all(
      Array.from({ length: 8 }, () =>
        database.transaction(async (tx) => {
          const locked = await store.lock(tx, execution.id);
          await store.save(tx, [changesOf({ ...execution, version: (locked?.version ?? 0) + 1 })].map(notNew), {
            commit: true,
          });
        }),
      ),
    );

    expect((await load(execution.id)).execution.version).toBe(9);
  });

  it('lets a sub-workflow be created while its parent is locked', async () => {
    const parent = anExecution();
    await save(changesOf(parent));

    await database.transaction(async (tx) => {
      await store.lock(tx, parent.id);
      await save(changesOf(anExecution({ parentExecutionId: parent.id, rootExecutionId: parent.id })));
    });

    expect((await load(parent.id)).children).toHaveLength(1);
  });

  it('loads only what changed since a version', async () => {
    const execution = anExecution();
    const [first, second] = [aTask(execution, { name: 'first' }), aTask(execution, { name: 'second' })];
    await save(changesOf(execution, { tasks: added(first, second), actions: added(anAction(first)) }));
    const third = anAction(second);
    await save(
      changesOf(
        { ...execution, version: 2 },
        { tasks: changed({ ...second, stateInfo: 'changed' }), actions: added(third) },
      ),
    );

    const rows = await load(execution.id, 1);

    expect(rows.tasks.map(({ name }) => name)).toEqual(['second']);
    expect(rows.actions).toEqual([third]);
  });
});

describe('sub-workflows', () => {
  const workflow = { id: 'w', name: 'sub', namespace: '', workbookName: null, specId: 'spec' };

  function startOf(parent: ExecutionRow, id: string): StartRequest {
    return {
      id,
      projectId: parent.projectId,
      workflow,
      input: {},
      params: {},
      description: null,
      parent: { executionId: parent.id, taskExecutionId: 'task', rootExecutionId: parent.id, index: 2, run: 1 },
    };
  }

  it('shows a parent the starts that wait, then the children, then what they reported', async () => {
    const parent = anExecution();
    const id = `${parent.id}-child`;
    const request = startOf(parent, id);
    await save(changesOf(parent, { commands: [{ kind: 'start-child', request }] }));
    const waiting = (await load(parent.id)).children;

    const child = anExecution({ id, parentExecutionId: parent.id, taskExecutionId: 'task', workflowName: 'sub' });
    await database.transaction(async (tx) => {
      expect(await store.takeTells(tx, id)).toEqual({ told: [{ kind: 'start', request }], hasMore: false });
      await store.save(tx, [{ ...changesOf(child), parent: request.parent }], { commit: true });
    });
    const running = (await load(parent.id)).children;

    const done = { ...child, version: 2, state: 'SUCCESS', output: { a: 1 }, updatedAt: NOON } as const;
    await save(notNew(changesOf(done, { executionColumns: ['output', 'state'] })));
    const untold = (await load(parent.id)).children;
    const [row] = untold;
    if (row === undefined) throw new Error('no child');
    await save(
      notNew(changesOf({ ...parent, version: 2 }, { children: [{ ...row, state: 'SUCCESS', accepted: false }] })),
    );

    const common = { id, taskExecutionId: 'task', workflowName: 'sub', index: 2, run: 1 };
    expect(waiting).toEqual([expect.objectContaining({ ...common, state: 'RUNNING', accepted: true })]);
    expect(running).toEqual([expect.objectContaining({ ...common, state: 'RUNNING', output: null })]);
    expect(untold).toEqual(running);
    expect((await load(parent.id)).children).toEqual([
      expect.objectContaining({ ...common, state: 'SUCCESS', output: { a: 1 }, accepted: false }),
    ]);
    expect((await load(parent.id, 1)).children).toHaveLength(1);
    expect((await load(parent.id, 2)).children).toHaveLength(0);
    expect((await load(id)).execution).toEqual({ ...done, accepted: false });
  });

  it('saves a parent and an inlined child with what the child reported at once', async () => {
    const parent = anExecution();
    const child = anExecution({ parentExecutionId: parent.id, taskExecutionId: 'task', state: 'SUCCESS', output: 1 });
    const known = {
      id: child.id,
      taskExecutionId: 'task',
      workflowName: 'wf',
      state: 'SUCCESS',
      stateInfo: null,
      output: 1,
      accepted: true,
      index: 0,
      run: 0,
      createdAt: NOON,
    } as const;

    await save(changesOf(parent, { children: [known] }), changesOf(child));

    expect((await load(parent.id)).children).toEqual([known]);
  });

  it('deletes an execution with everything below it, and sets others free of it as their root', async () => {
    const [root, other] = [anExecution(), anExecution()];
    const child = anExecution({ parentExecutionId: root.id });
    const stranger = anExecution({ parentExecutionId: other.id, rootExecutionId: root.id });
    const task = aTask(child);
    await save(
      changesOf(root, { commands: [{ kind: 'tell', executionId: child.id, event: { kind: 'pause' } }] }),
      changesOf(other),
      changesOf(child, { tasks: added(task), actions: added(anAction(task)), timersSet: [aTimer(task)] }),
      changesOf(stranger),
    );

    const deletions = new DeletionStore(database);
    expect(await database.transaction((tx) => deletions.delete(tx, root.id))).toEqual({ count: 2 });
    expect(await database.transaction((tx) => deletions.delete(tx, root.id))).toEqual({ count: 0 });

    expect(await database.transaction((tx) => store.load(tx, child.id))).toBeUndefined();
    expect((await load(stranger.id)).execution.rootExecutionId).toBeNull();
    for (const table of ['task_executions', 'action_executions', 'timers', 'outbox', 'journal']) {
      expect(await source.query(`SELECT FROM ${table} WHERE execution_id = $1`, [child.id])).toEqual([]);
    }
  });
});

describe('tells', () => {
  it('come in order, once, and only to their execution', async () => {
    const execution = anExecution();
    const events = ['pause', 'resume', 'continue'].map(
      (kind) => ({ kind }) as { kind: 'pause' | 'resume' | 'continue' },
    );
    const commands = events.map((event) => ({ kind: 'tell', executionId: execution.id, event }) as const);
    await save(
      changesOf(execution, { commands }),
      changesOf(anExecution(), { commands: [{ kind: 'tell', executionId: 'x', event: { kind: 'sweep' } }] }),
    );

    const { told: first } = await database.transaction((tx) => store.takeTells(tx, execution.id));
    const { told: second } = await database.transaction((tx) => store.takeTells(tx, execution.id));

    expect(first).toEqual(events.map((event) => ({ kind: 'event', event })));
    expect(second).toEqual([]);
  });

  it('come by the hundred', async () => {
    const execution = anExecution();
    const command = { kind: 'tell', executionId: execution.id, event: { kind: 'sweep' } } as const;
    await save(changesOf(execution, { commands: Array.from({ length: 150 }, () => command) }));
    const take = () => database.transaction((tx) => store.takeTells(tx, execution.id));

    const [first, second] = [await take(), await take()];

    expect([first.told.length, first.hasMore]).toEqual([100, true]);
    expect([second.told.length, second.hasMore]).toEqual([50, false]);
  });

  it('keep the values of an event exactly', async () => {
    const execution = anExecution();
    const event = { kind: 'action-done', actionId: 'a', outcome: { state: 'SUCCESS', result: ODD_JSON } } as const;

    await save(changesOf(execution, { commands: [{ kind: 'tell', executionId: execution.id, event }] }));

    expect(await database.transaction((tx) => store.takeTells(tx, execution.id))).toEqual({
      told: [{ kind: 'event', event }],
      hasMore: false,
    });
  });
});

function notNew(changes: ChangesToSave): ChangesToSave {
  return { ...changes, execution: { ...changes.execution, isNew: false } };
}
