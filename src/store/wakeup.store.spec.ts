import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { claimAs } from '../../test/support/claims.js';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { added, anAction, anExecution, aTask, aTimer, changesOf } from '../../test/support/rows.js';
import type { ActionRow, Command, ExecutionRow, TaskRow } from '../core/flow/index.js';
import { ClaimStore, Database, ExecutionStore, StandaloneStore, WakeupStore } from './index.js';

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let wakeups: WakeupStore;
const executions = new ExecutionStore();
const standalone = new StandaloneStore();

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
  wakeups = new WakeupStore(database);
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

async function stuck(): Promise<string[]> {
  const rows = await wakeups.rowsWithoutWakeup();
  return rows.map(({ kind, id, why }) => `${kind} ${id}: ${why}`);
}

interface Case {
  readonly execution?: Partial<ExecutionRow>;
  readonly task?: Partial<TaskRow>;
  readonly action?: Partial<ActionRow>;
  readonly commands?: (execution: ExecutionRow, task: TaskRow, action: ActionRow | undefined) => Command[];
}

/** One execution `e` with a task `t` and, when named, an action `a`. */
async function given({ execution: change, task: taskChange, action: actionChange, commands }: Case): Promise<void> {
  const execution = anExecution({ id: 'e', ...change });
  const task = aTask(execution, { id: 't', ...taskChange });
  const action = actionChange && anAction(task, { id: 'a', ...actionChange });
  await save(
    changesOf(execution, {
      tasks: added(task),
      actions: action === undefined ? [] : added(action),
      commands: commands?.(execution, task, action) ?? [],
    }),
  );
}

const run = (): Command[] => [{ kind: 'run-action', actionId: 'a' }];
const tell = (): Command[] => [{ kind: 'tell', executionId: 'e', event: { kind: 'continue' } }];

describe('what has a wake-up', () => {
  it.each<[string, Case]>([
    ['a queued action in the outbox', { action: {}, commands: run }],
    ['an action that someone outside completes', { action: { dispatch: 'external' } }],
    ['an inline action and a tell', { action: { dispatch: 'inline' }, commands: tell }],
    ['a paused action', { action: { state: 'PAUSED' } }],
    ['an idle task and a tell', { task: { state: 'IDLE' }, commands: tell }],
    ['tasks of a paused execution', { execution: { state: 'PAUSED' }, task: { state: 'IDLE' } }],
    ['anything below a finished execution', { execution: { state: 'ERROR' }, task: { state: 'RUNNING' }, action: {} }],
    ['an execution that is not started', { execution: { state: 'IDLE' }, task: { state: 'SUCCESS' } }],
    ['a finished execution', { execution: { state: 'SUCCESS' }, task: { state: 'SUCCESS' } }],
  ])('%s', async (_, row) => {
    await given(row);

    expect(await stuck()).toEqual([]);
  });

  it('a claimed action', async () => {
    await given({ action: {}, commands: run });
    await claimAs(new ClaimStore(database), 1, 'node', 10);

    expect(await stuck()).toEqual([]);
  });

  it('a delayed task with a timer', async () => {
    const execution = anExecution();
    const task = aTask(execution, { state: 'DELAYED' });
    await save(changesOf(execution, { tasks: added(task), timersSet: [aTimer(task)] }));

    expect(await stuck()).toEqual([]);
  });

  it('a join behind a task that is under way', async () => {
    const execution = anExecution();
    const [before, join] = [aTask(execution, { state: 'DELAYED' }), aTask(execution, { state: 'WAITING' })];
    await save(changesOf(execution, { tasks: added(before, join), timersSet: [aTimer(before)] }));

    expect(await stuck()).toEqual([]);
  });

  it('a task whose sub-workflow is to be started, runs, or has told its end', async () => {
    const parent = anExecution();
    const task = aTask(parent, { type: 'WORKFLOW' });
    const ref = { executionId: parent.id, taskExecutionId: task.id, rootExecutionId: parent.id, index: 0, run: 0 };
    const workflow = { id: 'w', name: 'sub', namespace: '', workbookName: null, specId: 'spec' };
    const request = { id: 'child', projectId: 'p', workflow, input: {}, params: {}, description: null, parent: ref };
    await save(changesOf(parent, { tasks: added(task), commands: [{ kind: 'start-child', request }] }));
    expect(await stuck()).toEqual([]);

    const child = anExecution({ id: 'child', parentExecutionId: parent.id, taskExecutionId: task.id, state: 'PAUSED' });
    await database.transaction(async (tx) => {
      await executions.takeTells(tx, 'child');
      await executions.save(tx, [{ ...changesOf(child), parent: ref }], { commit: true });
    });
    expect(await stuck()).toEqual([]);

    const done = changesOf({ ...child, version: 2, state: 'SUCCESS' });
    const event = { kind: 'child-done', childId: 'child', state: 'SUCCESS', stateInfo: null, output: {} } as const;
    await save({ ...done, commands: [{ kind: 'tell', executionId: parent.id, event }] });
    expect(await stuck()).toEqual([]);

    await database.transaction((tx) => executions.takeTells(tx, parent.id));
    expect(await stuck()).toEqual([`task ${task.id}: no action or sub-workflow under way`]);
  });
});

describe('what has none', () => {
  it.each<[string, Case, string[]]>([
    ['a queued action nobody has', { action: {} }, ['action a: neither a run row in the outbox nor a lease']],
    [
      'an inline action without a tell',
      { action: { dispatch: 'inline' } },
      ['action a: no event on its way to the execution'],
    ],
    ['an idle task', { task: { state: 'IDLE' } }, ['task t: nothing will start it']],
    ['a join without a task before it', { task: { state: 'WAITING' } }, ['task t: no task before it is under way']],
    ['a delayed task without a timer', { task: { state: 'DELAYED' } }, ['task t: no timer']],
    ['a running task without an action', {}, ['task t: no action or sub-workflow under way']],
    [
      'a running task whose action is of an earlier run',
      { task: { run: 1 }, action: { run: 0, dispatch: 'external' } },
      ['task t: no action or sub-workflow under way'],
    ],
    [
      'a running execution without an unfinished task',
      { task: { state: 'SUCCESS' } },
      ['execution e: no unfinished task'],
    ],
  ])('%s', async (_, row, expected) => {
    await given(row);

    expect(await stuck()).toEqual(expected);
  });

  it('an action run on its own that nobody has', async () => {
    const action = anAction(aTask(anExecution()), { id: 'a', taskExecutionId: null, executionId: null });
    await database.transaction((tx) => standalone.insert(tx, { row: action }, false));
    expect(await stuck()).toEqual(['action a: neither a run row in the outbox nor a lease']);

    await database.transaction((tx) => standalone.update(tx, action, true));
    expect(await stuck()).toEqual([]);
  });
});
