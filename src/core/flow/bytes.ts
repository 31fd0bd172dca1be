import { dictEntries, isDict } from '../shared/index.js';
import type { ActionRow, ChildRow, ExecutionRow, TaskRow } from './rows.js';

/** A row with its ids, its place in the maps of a flow and what follows from it. */
const ROW = 500;
const OBJECT = 48;
const VALUE = 8;

/** What can be large in a row. */
export const TASK_DATA = ['stateInfo', 'runtimeContext', 'published', 'publishedGlobal', 'items', 'nextTasks'] as const;
export const ACTION_DATA = ['stateInfo', 'input', 'output', 'runInput'] as const;
export const CHILD_DATA = ['stateInfo', 'output'] as const;
export const EXECUTION_DATA = ['params', 'input', 'output', 'context', 'stateInfo', 'runtimeContext'] as const;

type Row = TaskRow | ActionRow | ChildRow | ExecutionRow;

/** By how many bytes of memory, about, a row is larger than the form that it replaces. Only what has changed is looked at. */
export function growth<R extends Row>(data: readonly (keyof R)[], old: R | undefined, row: R): number {
  let bytes = old === undefined ? ROW : 0;
  for (const name of data) {
    if (old?.[name] === row[name]) continue;
    bytes += bytesOf(row[name]) - (old === undefined ? 0 : bytesOf(old[name]));
  }
  return bytes;
}

/** About how many bytes of memory a value takes; what it holds many times over counts each time. */
export function bytesOf(value: unknown): number {
  let bytes = 0;
  const left = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'string') bytes += OBJECT / 2 + one.length;
    else if (typeof one !== 'object' || one === null) bytes += VALUE;
    else {
      bytes += OBJECT;
      if (Array.isArray(one)) for (const item of one as readonly unknown[]) left.push(item);
      else if (isDict(one)) for (const [, item] of dictEntries(one)) left.push(item);
    }
  }
  return bytes;
}
