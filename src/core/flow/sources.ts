import type { FlowReader } from './flow.js';
import type { TaskRow } from './rows.js';
import { isFinal } from './states.js';

interface Trigger {
  readonly task_id: string;
  readonly event: string;
}

/** Task executions that triggered this one, as stored in its runtime context. */
export function triggersOf(task: TaskRow): readonly Trigger[] {
  return (task.runtimeContext['triggered_by'] ?? []) as unknown as readonly Trigger[];
}

/** Whether a finished task has this one among its next tasks. */
export function leadsTo(source: TaskRow, name: string): boolean {
  return isFinal(source.state) && (source.nextTasks ?? []).some(([next]) => next === name);
}

/** Finished tasks whose variables flow into this one, oldest first. */
export function sourcesOf(flow: FlowReader, task: TaskRow): readonly TaskRow[] {
  if (flow.spec.type === 'reverse') return requiredOf(flow, task);
  const triggers = triggersOf(task);
  if (flow.spec.tasks.get(task.name)?.join === undefined)
    return triggers.slice(0, 1).flatMap((trigger) => flow.task(trigger.task_id) ?? []);
  const ids = new Set(triggers.map((trigger) => trigger.task_id));
  const names = flow.spec.inbound.get(task.name) ?? [];
  const inbound = names
    .flatMap((name) => flow.tasksNamed(name))
    .filter((source) => ids.has(source.id) || (leadsTo(source, task.name) && endedBefore(source, task)))
    .filter((source) => !isFromEarlierRun(flow, source, task));
  return inbound.sort((a, b) => a.createdAt - b.createdAt);
}

function requiredOf(flow: FlowReader, task: TaskRow): readonly TaskRow[] {
  const names = flow.spec.tasks.get(task.name)?.requires ?? [];
  const rows = names.flatMap((name) => flow.tasksNamed(name).filter((row) => row.state === 'SUCCESS'));
  return rows.sort((a, b) => a.createdAt - b.createdAt);
}

/** What led to a join once it had ended belongs to the next pass of a loop. */
function endedBefore(source: TaskRow, join: TaskRow): boolean {
  return join.finishedAt === null || endedAt(source) < join.finishedAt;
}

/** From behind an earlier run of the join, which a rerun or skip has set aside. */
function isFromEarlierRun(flow: FlowReader, source: TaskRow, join: TaskRow): boolean {
  if (join.run === 1 && join.state !== 'SKIPPED') return false;
  return isBehind(flow, source, join, (row) => predecessorsOf(flow, row));
}

function endedAt(task: TaskRow): number {
  return task.finishedAt ?? Infinity;
}

/** Whether a task was triggered, directly or not, by an earlier one that has ended before. */
export function comesFrom(flow: FlowReader, task: TaskRow, earlier: TaskRow): boolean {
  if (earlier.run === 1 && !isFinal(earlier.state)) return false;
  return isBehind(flow, task, earlier, (row) => triggerRows(flow, row));
}

function isBehind(
  flow: FlowReader,
  task: TaskRow,
  earlier: TaskRow,
  before: (row: TaskRow) => readonly TaskRow[],
): boolean {
  const seen = new Set<string>();
  const todo = [task];
  for (let row = todo.pop(); row !== undefined; row = todo.pop()) {
    if (row.id === earlier.id) return true;
    if (seen.has(row.id) || row.createdAt < earlier.createdAt) continue;
    seen.add(row.id);
    todo.push(...before(row));
  }
  return false;
}

/** Triggers, or of a join that was given up before it had any what had led to it by then. */
function predecessorsOf(flow: FlowReader, task: TaskRow): readonly TaskRow[] {
  const triggers = triggerRows(flow, task);
  if (triggers.length > 0 || flow.spec.tasks.get(task.name)?.join === undefined) return triggers;
  const inbound = (flow.spec.inbound.get(task.name) ?? []).flatMap((name) => flow.tasksNamed(name));
  return inbound.filter((source) => leadsTo(source, task.name) && endedAt(source) < endedAt(task));
}

function triggerRows(flow: FlowReader, task: TaskRow): readonly TaskRow[] {
  return triggersOf(task).flatMap((trigger) => flow.task(trigger.task_id) ?? []);
}
