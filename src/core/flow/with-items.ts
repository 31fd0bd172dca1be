import { mapWanting, pyRepr } from '../expressions/index.js';
import { isDict, dictKeys, type Json, type JsonObject, StateError } from '../shared/index.js';
import { startChild } from './children.js';
import { evaluateData, inputScope } from './evaluation.js';
import { patchRuntime } from './policies.js';
import { type Prepared, prepareChild } from './prepare.js';
import type { TaskRow } from './rows.js';
import { itemCount, type Tally, tallyOf } from './tally.js';
import { current, setTask, specOf, type TaskEnd, type Work } from './work.js';

/**
 * Starts a with-items task: the lists are evaluated once per run, all inputs of the first items before any item starts,
 * so that a bad one leaves nothing half started. @throws StateError, OrdinaryTaskError
 */
export function startItems(work: Work, task: TaskRow): void {
  const values = itemValues(work, task);
  const count = Object.values(values)[0]?.length ?? 0;
  const limit = concurrencyOf(current(work, task));
  const row = patchRuntime(work, task, { with_items: { count, capacity: limit === 0 ? null : limit } });
  const isPartly = limit > 0 && limit < count;
  setTask(work, row, { items: isPartly ? values : null });
  work.draft.setTally(task.id, tallyOf(row, work.draft.actionsOf(task.id), work.draft.childrenOf(task.id)));
  const end = itemsOutcome(work, task);
  if (end === undefined) startNextItems(work, task, values);
  else work.steps.push({ kind: 'complete-task', taskId: task.id, run: task.run, end: { ...end, by: 'start' } });
}

/** Starts as many pending items as there are free places; those beyond the time of a transaction wait for the next one. */
function startNextItems(work: Work, task: TaskRow, known?: JsonItems): void {
  const row = current(work, task);
  const tally = work.draft.tally(task.id);
  const indexes = tally.pending.slice(tally.cursor, tally.cursor + freePlaces(row, tally));
  if (indexes.length === 0) return;
  const values = known ?? storedValues(work, row);
  const prepared = preparedItems(work, row, values, indexes);
  work.draft.setTally(task.id, { ...tally, cursor: tally.cursor + prepared.length });
  prepared.forEach((child, position) => startChild(work, row, child, indexes[position] ?? 0));
  if (prepared.length < indexes.length) leaveItems(work, row, values);
  showCapacity(work, row);
}

/** As above, if there is time at all. */
export function startMoreItems(work: Work, task: TaskRow): void {
  if (!hasItemsLeft(work, task)) return;
  if (work.scope.hasTime()) startNextItems(work, task);
  else work.hasLeftovers = true;
}

function preparedItems(work: Work, task: TaskRow, values: JsonItems, indexes: readonly number[]): readonly Prepared[] {
  const prepare = (index: number): Prepared => prepareChild(work, task, variablesAt(values, index));
  return mapWanting(indexes, prepare, work.scope.hasTime);
}

function leaveItems(work: Work, task: TaskRow, values: JsonItems): void {
  work.hasLeftovers = true;
  if (current(work, task).items === null) setTask(work, task, { items: values });
}

/** Whether items wait for nothing but a transaction with the time to start them. */
export function hasItemsLeft(work: Work, task: TaskRow): boolean {
  if (itemCount(task) === 0) return false;
  const tally = work.draft.tally(task.id);
  return tally.cursor < tally.pending.length && freePlaces(task, tally) > 0;
}

/** Whether every item has ended, with one that was cancelled counting at once; not before this run has started its items. */
export function itemsOutcome(work: Work, task: TaskRow): TaskEnd | undefined {
  if (current(work, task).runtimeContext['with_items'] === undefined) return undefined;
  const tally = work.draft.tally(task.id);
  if (tally.cancelled > 0) return { state: 'CANCELLED', info: 'One or more actions was cancelled.' };
  if (tally.accepted < itemCount(current(work, task))) return undefined;
  return tally.errors > 0
    ? { state: 'ERROR', info: 'One or more actions had failed.' }
    : { state: 'SUCCESS', info: null };
}

type JsonItems = Readonly<Record<string, readonly Json[]>>;

function itemValues(work: Work, task: TaskRow): JsonItems {
  const scope = inputScope(work.draft, work.scope, task);
  const lists = specOf(work, task).withItems.map(({ variable, list }): [string, Json] => [
    variable,
    evaluateData(list, scope),
  ]);
  const values = lists.map(([variable, value]): [string, readonly Json[] | undefined] => [variable, iterate(value)]);
  if (values.some(([, list]) => list === undefined))
    throw new StateError('Wrong input format for: {}. Iterable type is expected for each value.');
  const lengths = new Set(values.map(([, list]) => list?.length));
  if (lengths.size > 1)
    throw new StateError(
      `Wrong input format for: ${pyRepr(Object.fromEntries(lists))}. All arrays must have the same length.`,
    );
  return Object.fromEntries(values.map(([variable, list]) => [variable, list ?? []]));
}

/** As Python iterates: a text gives its characters, a dict its keys. */
function iterate(value: Json): readonly Json[] | undefined {
  if (Array.isArray(value)) return value as readonly Json[];
  if (typeof value === 'string') return [...value];
  return isDict(value) ? dictKeys(value) : undefined;
}

function storedValues(work: Work, task: TaskRow): JsonItems {
  return (task.items as JsonItems | null) ?? itemValues(work, task);
}

function variablesAt(values: JsonItems, index: number): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([variable, list]) => [variable, list[index] ?? null]));
}

function concurrencyOf(task: TaskRow): number {
  return (task.runtimeContext['concurrency'] ?? 0) as number;
}

function freePlaces(task: TaskRow, tally: Tally): number {
  const limit = concurrencyOf(task);
  return limit === 0 ? tally.pending.length : Math.max(0, limit - tally.active);
}

/** Shown to clients of a task with a concurrency: how many more items could run at the same time. */
export function showCapacity(work: Work, task: TaskRow): void {
  const limit = concurrencyOf(task);
  if (limit === 0) return;
  const capacity = Math.max(0, limit - work.draft.tally(task.id).active);
  const shown = task.runtimeContext['with_items'] as { readonly capacity?: number } | undefined;
  if (shown?.capacity !== capacity) patchRuntime(work, task, { with_items: { count: itemCount(task), capacity } });
}
