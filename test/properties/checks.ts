import type { Draft } from '../../src/core/flow/draft.js';
import { Flow, type FlowRows } from '../../src/core/flow/flow.js';
import type { ActionRow, ChildRow, TaskRow } from '../../src/core/flow/rows.js';
import { type ActionState, type ExecutionState, isFinal, type TaskState } from '../../src/core/flow/states.js';
import { itemCount } from '../../src/core/flow/tally.js';
import { rowsOf, type Transaction, type World } from './world.js';

/** Everything that has to hold after each transaction. @throws Error that says what does not */
export function checkTransaction(transaction: Transaction): void {
  const { world, draft, before } = transaction;
  const flow = world.flow(draft.execution.id);
  checkRefusals(transaction);
  checkTransitions(before, draft);
  checkQuietEvents(transaction);
  checkCounters(flow);
  for (const task of flow.tasks.values()) checkChildren(flow, task);
  checkWakeups(world, flow);
}

function fail(what: string): never {
  throw new Error(what);
}

/** A refused event has changed nothing. */
function checkRefusals({ before, events, refusals, draft }: Transaction): void {
  const [refusal] = refusals;
  if (events.length !== 1 || refusal === undefined) return;
  const [old, execution] = [before.execution, draft.execution].map((row) => JSON.stringify({ ...row, version: 0 }));
  if (draft.tasks.size + draft.actions.size + draft.children.size + draft.timersSet.size > 0)
    fail(`refused, but changed rows: ${refusal.message}`);
  if (execution !== old) fail(`refused, but changed the execution: ${refusal.message}`);
  if (draft.commands.length > 0) fail(`refused, but sent something: ${refusal.message}`);
}

/** Between transactions; within one a row may go several steps. */
const EXECUTION_TABLE: Readonly<Record<ExecutionState, readonly ExecutionState[]>> = {
  IDLE: ['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED'],
  RUNNING: ['PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED'],
  PAUSED: ['RUNNING', 'SUCCESS', 'ERROR', 'CANCELLED'],
  SUCCESS: [],
  ERROR: ['RUNNING', 'PAUSED', 'SUCCESS', 'CANCELLED'],
  CANCELLED: ['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR'],
};
const UNFINISHED: readonly TaskState[] = ['RUNNING', 'DELAYED', 'PAUSED', 'IDLE'];
const FINISHED: readonly TaskState[] = ['SUCCESS', 'ERROR', 'CANCELLED'];
const TASK_TABLE: Readonly<Record<TaskState, readonly TaskState[]>> = {
  IDLE: [...UNFINISHED, ...FINISHED],
  WAITING: [...UNFINISHED, ...FINISHED],
  RUNNING: [...UNFINISHED, ...FINISHED],
  DELAYED: [...UNFINISHED, ...FINISHED],
  PAUSED: [...UNFINISHED, ...FINISHED],
  SUCCESS: [],
  ERROR: [...UNFINISHED, ...FINISHED, 'WAITING', 'SKIPPED'],
  CANCELLED: [...UNFINISHED, 'SUCCESS', 'ERROR'],
  SKIPPED: [],
};
const ACTION_TABLE: Readonly<Record<ActionState, readonly ActionState[]>> = {
  RUNNING: ['PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED'],
  PAUSED: ['RUNNING', 'SUCCESS', 'ERROR', 'CANCELLED'],
  SUCCESS: [],
  ERROR: [],
  CANCELLED: [],
};

function checkTransitions(before: FlowRows, draft: Draft): void {
  const moved = <State extends string>(
    what: string,
    from: State | undefined,
    to: State,
    table: Readonly<Record<State, readonly State[]>>,
  ): void => {
    if (from !== undefined && from !== to && !table[from].includes(to)) fail(`${what} went from ${from} to ${to}`);
  };
  moved('the execution', before.execution.state, draft.execution.state, EXECUTION_TABLE);
  const tasks = new Map(before.tasks.map((row) => [row.id, row]));
  for (const row of draft.tasks.values()) moved(`task ${row.name}`, tasks.get(row.id)?.state, row.state, TASK_TABLE);
  const children = new Map(before.children.map((row) => [row.id, row.run]));
  for (const row of draft.children.values())
    if (row.run !== (children.get(row.id) ?? row.run)) fail('the run of a child changed, which nobody stores');
  const actions = new Map(before.actions.map((row) => [row.id, row]));
  for (const row of draft.actions.values())
    moved(`action ${row.name}`, actions.get(row.id)?.state, row.state, ACTION_TABLE);
}

/**
 * Whoever asks for nothing to start must not create a task in an execution that is paused or has ended, and starts nothing
 * when it is paused or cancelled.
 */
const QUIET: ReadonlySet<string> = new Set([
  'timer',
  'action-done',
  'action-lost',
  'child-done',
  'sweep',
  'pause',
  'stop',
]);

function checkQuietEvents({ before, draft, events }: Transaction): void {
  const { state } = before.execution;
  if ((state !== 'PAUSED' && !isFinal(state)) || !events.every(({ kind }) => QUIET.has(kind))) return;
  if (draft.tasks.size > 0 && [...draft.tasks.keys()].some((id) => !before.tasks.some((task) => task.id === id)))
    fail(`a task was created while the execution was ${state}`);
  const started = draft.commands.filter(({ kind }) => kind === 'run-action' || kind === 'start-child');
  const isHalted = state === 'PAUSED' || state === 'CANCELLED';
  if (isHalted && events.every(({ kind }) => kind === 'timer') && started.length > 0)
    fail(`a timer started something while ${state}`);
}

/** In other states the items have not been started, or will be counted anew. */
const ITEMS_GO_ON: ReadonlySet<TaskState> = new Set(['RUNNING', 'PAUSED']);

/** Memory says the same as the rows. */
function checkCounters(flow: Flow): void {
  const fresh = new Flow(rowsOf(flow), flow.spec);
  if (fresh.unfinishedTasks !== flow.unfinishedTasks) fail('unfinishedTasks is wrong');
  if (fresh.waitingTasks !== flow.waitingTasks) fail('waitingTasks is wrong');
  for (const task of flow.tasks.values()) {
    const [known, counted] = [flow.tally(task.id), fresh.tally(task.id)].map(({ pending, cursor, ...counts }) => ({
      ...counts,
      pending: ITEMS_GO_ON.has(task.state) ? pending.slice(cursor) : [],
    }));
    const [a, b] = [JSON.stringify(known), JSON.stringify(counted)];
    if (a !== b) fail(`tally of ${task.name} (${task.state}) is ${a}, its rows say ${b}`);
  }
}

/** One child per run of a plain task, one that counts per item of a with-items task. */
function checkChildren(flow: Flow, task: TaskRow): void {
  const children: readonly (ActionRow | ChildRow)[] = [...flow.actionsOf(task.id), ...flow.childrenOf(task.id)];
  const isItems = (flow.spec.tasks.get(task.name)?.withItems.length ?? 0) > 0;
  const counted = children.filter((child) =>
    isFinal(child.state) ? child.accepted : child.run === task.run && ('dispatch' in child || child.accepted),
  );
  const indexes = counted.map(({ index }) => index);
  if (new Set(indexes).size < indexes.length) fail(`${task.name} has two children for an index: ${indexes.join()}`);
  if (!isItems && indexes.length > 1) fail(`${task.name} has ${indexes.length} children`);
  if (!isItems && task.state === 'SUCCESS' && indexes.length !== 1) fail(`${task.name} is SUCCESS without a result`);
  if (isItems && task.state === 'SUCCESS' && indexes.length !== itemCount(task))
    fail(`${task.name} is SUCCESS with ${indexes.length} results of ${itemCount(task)}`);
}

/** The rule of the view rows_without_wakeup, and a little more. */
function checkWakeups(world: World, flow: Flow): void {
  const { id, state } = flow.execution;
  if (state !== 'RUNNING' || world.letters.has(id)) return;
  const held = [...flow.tasks.values()].find((task) => isFinal(task.state) && !task.processed);
  if (held !== undefined) fail(`${held.name} is ${held.state}, and nothing starts what follows it`);
  const unfinished = [...flow.tasks.values()].filter((task) => !isFinal(task.state));
  if (unfinished.length === 0) fail('the execution is RUNNING without an unfinished task');
  for (const task of unfinished) {
    const problem = whyAsleep(world, flow, task, unfinished);
    if (problem !== undefined) fail(`${task.name} is ${task.state}, and ${problem}`);
  }
}

function whyAsleep(world: World, flow: Flow, task: TaskRow, unfinished: readonly TaskRow[]): string | undefined {
  switch (task.state) {
    case 'IDLE':
      return 'nothing will start it';
    case 'WAITING':
      return unfinished.some((other) => other.state !== 'WAITING') ? undefined : 'nothing before it is under way';
    case 'DELAYED':
      return flow.timersOf(task.id).some(({ kind }) => kind !== 'timeout') ? undefined : 'no timer is set';
    default:
      return isUnderWay(world, flow, task) ? undefined : 'no child is under way';
  }
}

function isUnderWay(world: World, flow: Flow, task: TaskRow): boolean {
  const actions = flow.actionsOf(task.id).filter((row) => row.run === task.run && !isFinal(row.state));
  const inline = actions.filter((row) => row.dispatch === 'inline');
  if (inline.length > 0) fail(`the inline action of ${task.name} is forgotten`);
  const children = flow
    .childrenOf(task.id)
    .filter((row) => row.run === task.run && row.accepted && !isFinal(row.state));
  for (const child of children) {
    const state = world.flows.get(child.id)?.execution.state;
    if (state === undefined ? !world.letters.has(child.id) : isFinal(state))
      fail(`the child of ${task.name} is ${state ?? 'not started'}, but its parent does not know`);
  }
  return actions.length + children.length > 0;
}

/** After everything that could happen has happened. */
export function checkEnd(world: World): void {
  for (const { execution, tasks } of world.flows.values()) {
    if (isFinal(execution.state)) continue;
    const states = [...tasks.values()].map((task) => `${task.name} ${task.state}`).join(', ');
    fail(`${execution.workflowName} does not end: ${execution.state}, ${states}`);
  }
}
