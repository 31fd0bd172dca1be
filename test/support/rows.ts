import { randomUUID } from 'node:crypto';
import type { ActionRow, Changes, ExecutionRow, TaskRow, TimerRow } from '../../src/core/flow/index.js';

/** Noon of 1 January 2026, and 123,457 microseconds. */
export const NOON = Date.UTC(2026, 0, 1, 12) * 1000 + 123_457;

const PROJECT = { projectId: '<default-project>', workflowName: 'wf', workflowNamespace: '' } as const;

/** A running execution of version 1 that its test may change by name. */
export function anExecution(changes: Partial<ExecutionRow> = {}): ExecutionRow {
  return {
    id: randomUUID(),
    version: 1,
    ...PROJECT,
    workflowId: null,
    specId: 'spec',
    description: null,
    tags: null,
    params: {},
    input: {},
    output: {},
    context: {},
    state: 'RUNNING',
    stateInfo: null,
    taskExecutionId: null,
    parentExecutionId: null,
    rootExecutionId: null,
    depth: 0,
    runtimeContext: {},
    accepted: true,
    createdAt: NOON,
    updatedAt: null,
    ...changes,
  };
}

export function aTask(execution: ExecutionRow, changes: Partial<TaskRow> = {}): TaskRow {
  return {
    id: randomUUID(),
    executionId: execution.id,
    ...PROJECT,
    workflowId: null,
    name: 'task',
    type: 'ACTION',
    state: 'RUNNING',
    stateInfo: null,
    tags: null,
    runtimeContext: {},
    published: null,
    publishedGlobal: null,
    processed: false,
    nextTasks: null,
    hasNextTasks: false,
    errorHandled: false,
    items: null,
    run: 0,
    createdAt: NOON,
    updatedAt: null,
    startedAt: NOON,
    finishedAt: null,
    ...changes,
  };
}

export function anAction(task: TaskRow, changes: Partial<ActionRow> = {}): ActionRow {
  return {
    id: randomUUID(),
    taskExecutionId: task.id,
    executionId: task.executionId,
    ...PROJECT,
    name: 'std.echo',
    description: null,
    tags: null,
    state: 'RUNNING',
    stateInfo: null,
    accepted: false,
    input: { output: 'hello' },
    output: {},
    index: 0,
    run: task.run,
    dispatch: 'queued',
    isSync: true,
    safeRerun: false,
    target: null,
    timeoutSeconds: null,
    runName: 'std.echo',
    runInput: null,
    createdAt: NOON,
    updatedAt: null,
    ...changes,
  };
}

export function aTimer(task: TaskRow, changes: Partial<TimerRow> = {}): TimerRow {
  return {
    id: randomUUID(),
    executionId: task.executionId,
    taskExecutionId: task.id,
    kind: 'retry',
    dueAt: NOON,
    payload: {},
    ...changes,
  };
}

/** What a transaction writes; nothing but the execution and its journal unless said. */
export function changesOf(execution: ExecutionRow, changes: Partial<Changes> = {}): Changes {
  return {
    execution: { isNew: execution.version === 1, row: execution },
    executionColumns: ['version'],
    tasks: [],
    actions: [],
    children: [],
    timersSet: [],
    timersGone: [],
    commands: [],
    journal: { executionId: execution.id, version: execution.version, at: NOON, seed: 'seed', events: [] },
    ...changes,
  };
}

/** Rows as inserted. */
export function added<Row>(...rows: readonly Row[]): { readonly isNew: true; readonly row: Row }[] {
  return rows.map((row) => ({ isNew: true, row }));
}

/** Rows as changed. */
export function changed<Row>(...rows: readonly Row[]): { readonly isNew: false; readonly row: Row }[] {
  return rows.map((row) => ({ isNew: false, row }));
}
