import { pyRepr } from '../expressions/index.js';
import type { TaskSpec } from '../language/index.js';
import type { Json, JsonObject } from '../shared/index.js';
import { newTask } from './new-task.js';
import type { FlowReader } from './flow.js';
import type { TaskRow } from './rows.js';
import { setAside } from './set-aside.js';
import { comesFrom, leadsTo, triggersOf } from './sources.js';
import { isFinal } from './states.js';
import { isExecutionFinal, isPaused, setTask, type Work } from './work.js';

/**
 * A task has led to a join: the first trigger makes the join wait, later ones find it waiting. A join fires once: a
 * trigger that comes from behind it (a loop) makes a new one, others are late. A join that could not fire waits again
 * when what made it fail has been run again or skipped.
 */
export function triggerJoin(work: Work, spec: TaskSpec, triggerId: string | null): void {
  const known = work.draft.tasksNamed(spec.name).at(-1);
  if (known === undefined) return scheduleRefresh(work, newTask(work, spec, 'WAITING', []));
  const trigger = triggerId === null ? undefined : work.draft.task(triggerId);
  if (known.state === 'WAITING') return onTrigger(work, known, trigger);
  if (!isFinal(known.state) || trigger === undefined) return;
  if (comesFrom(work.draft, trigger, known)) scheduleRefresh(work, newTask(work, spec, 'WAITING', []));
  else if (known.state === 'ERROR' && known.startedAt === null && !outlook(work.draft, known, spec).isHopeless)
    revive(work, known);
}

/** Of a source that runs several times one that leads to the join is enough, whichever of them is still under way. */
function onTrigger(work: Work, join: TaskRow, trigger: TaskRow | undefined): void {
  if (work.draft.witness(join.id)?.name === trigger?.name) work.draft.setWitness(join.id, null);
  scheduleRefresh(work, join);
}

/** A failed join waits again; what it ran before no longer counts. */
export function revive(work: Work, join: TaskRow): void {
  const row = setTask(work, join, {
    state: 'WAITING',
    stateInfo: 'Task is waiting.',
    run: join.run + 1,
    runtimeContext: {},
    startedAt: null,
    finishedAt: null,
    processed: false,
    nextTasks: null,
    hasNextTasks: false,
    errorHandled: false,
  });
  setAside(work, row, () => true);
  work.settled.delete(row.id);
  work.draft.setWitness(row.id, null);
  scheduleRefresh(work, row);
}

/**
 * After a task has ended, waiting joins that it could have reached by ways it did not take may have become impossible.
 * Those at the end of ways that it took are told when the last task before them ends.
 */
export function refreshReachableJoins(work: Work, task: TaskRow): void {
  if (work.draft.waitingTasks === 0) return;
  const taken = new Set((task.nextTasks ?? []).map(([name]) => name));
  const seen = new Set<string>();
  const todo = successors(work.draft, task.name).filter((name) => !taken.has(name));
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const row = work.draft.tasksNamed(name).at(-1);
    if (row === undefined) todo.push(...successors(work.draft, name));
    else if (row.state === 'WAITING') {
      work.draft.setWitness(row.id, null);
      scheduleRefresh(work, row);
    }
  }
}

function successors(flow: FlowReader, name: string): readonly string[] {
  const clauses = Object.values(flow.spec.tasks.get(name)?.on ?? {});
  return clauses.flatMap((clause) => clause.next.map((transition) => transition.target));
}

/** Has a waiting join looked at again, once however many ask. */
export function scheduleRefresh(work: Work, join: TaskRow): void {
  if (!work.refreshing.has(join.id)) work.steps.push({ kind: 'refresh-join', taskId: join.id });
  work.refreshing.add(join.id);
}

/** For a join of which nobody was told while the execution had ended, or by a bug: nothing known of it counts. */
export function refreshUnseen(work: Work, join: TaskRow): void {
  work.draft.setWitness(join.id, null);
  refreshJoin(work, join);
}

type Induced = { readonly state: 'waiting' | 'triggered' | 'failed'; readonly name: string; readonly source?: TaskRow };

/** Runs the join, fails it, or lets it wait, as the tasks before it stand (section 3.7 of the engine's contract). */
export function refreshJoin(work: Work, join: TaskRow): void {
  work.refreshing.delete(join.id);
  const spec = work.draft.spec.tasks.get(join.name);
  if (join.state !== 'WAITING' || spec?.join === undefined || work.settled.has(join.id)) return;
  if (isExecutionFinal(work) || isPaused(work)) return;
  if (spec.join === 'all' && hasUnfinishedWitness(work, join)) return;
  const { triggered, failed, states, isReady, isHopeless } = outlook(work.draft, join, spec);
  if (isReady || isHopeless) work.settled.add(join.id);
  if (isReady) fire(work, join, triggered);
  else if (isHopeless) fail(work, join, failed);
  else rememberWitness(work, join, states);
}

interface Outlook {
  readonly states: readonly Induced[];
  readonly triggered: readonly Induced[];
  readonly failed: readonly Induced[];
  readonly isReady: boolean;
  readonly isHopeless: boolean;
}

/** How a waiting join stands: which of the tasks before it have led to it, which no longer can, and which may still do. */
export function outlook(flow: FlowReader, join: TaskRow, spec: TaskSpec): Outlook {
  const names = flow.spec.inbound.get(join.name) ?? [];
  const states = names.map((name) => induced(flow, join, name));
  const triggered = states.filter(({ state }) => state === 'triggered');
  const failed = states.filter(({ state }) => state === 'failed');
  const required = spec.join === 'all' || spec.join === undefined ? names.length : spec.join;
  const isHopeless = failed.length > names.length - required;
  return { states, triggered, failed, isReady: triggered.length >= required, isHopeless };
}

function fire(work: Work, join: TaskRow, sources: readonly Induced[]): void {
  setTask(work, join, { runtimeContext: { ...join.runtimeContext, triggered_by: triggers(join, sources) } });
  work.steps.push({ kind: 'start-task', taskId: join.id });
}

function fail(work: Work, join: TaskRow, sources: readonly Induced[]): void {
  setTask(work, join, { runtimeContext: { ...join.runtimeContext, triggered_by: triggers(join, sources) } });
  const info = `Failed by tasks: ${pyRepr(sources.map(({ name }) => name))}`;
  work.steps.push({
    kind: 'complete-task',
    taskId: join.id,
    run: join.run,
    end: { state: 'ERROR', info, isLast: true },
  });
}

function triggers(join: TaskRow, sources: readonly Induced[]): Json {
  return sources.flatMap(({ source }): JsonObject[] => {
    if (source === undefined) return [];
    const event = (source.nextTasks ?? []).find(([name]) => name === join.name)?.[1] ?? 'not triggered';
    return [{ task_id: source.id, event }];
  });
}

/**
 * A source that was unfinished at the last look, and still is: as long as it runs, a join `all` can't fire, and
 * nobody has to look at the other sources. Failures of others are looked for only when that one ends.
 */
function hasUnfinishedWitness(work: Work, join: TaskRow): boolean {
  const witness = work.draft.witness(join.id);
  return witness !== undefined && !isFinal(witness.state);
}

function rememberWitness(work: Work, join: TaskRow, states: readonly Induced[]): void {
  const witness = states.findLast(({ state, source }) => state === 'waiting' && source !== undefined)?.source;
  const hasFailures = states.some(({ state }) => state === 'failed');
  if (witness !== undefined && !hasFailures) work.draft.setWitness(join.id, witness.id);
}

function induced(flow: FlowReader, join: TaskRow, name: string): Induced {
  const rows = freshRows(flow, join, name);
  const leading = rows.find((row) => leadsTo(row, join.name));
  if (leading !== undefined) return { state: 'triggered', name, source: leading };
  const unfinished = rows.find((row) => !isFinal(row.state));
  if (unfinished !== undefined) return { state: 'waiting', name, source: unfinished };
  const last = rows.at(-1);
  if (last !== undefined) return { state: 'failed', name, source: last };
  return { state: isPossible(flow, join, name) ? 'waiting' : 'failed', name };
}

/** Executions of a source that no earlier instance of the join has used, and that do not come from behind it. */
function freshRows(flow: FlowReader, join: TaskRow, name: string): readonly TaskRow[] {
  const rows = flow.tasksNamed(name).filter((row) => !comesFrom(flow, row, join));
  const earlier = flow.tasksNamed(join.name).filter((row) => row.createdAt < join.createdAt);
  if (earlier.length === 0) return rows;
  const used = new Set(earlier.flatMap((row) => triggersOf(row).map((trigger) => trigger.task_id)));
  return rows.filter((row) => !used.has(row.id));
}

/** Whether a task that has not been started can still be reached; routes may be thousands of tasks long. */
function isPossible(flow: FlowReader, join: TaskRow, name: string): boolean {
  const seen = new Set([name]);
  const todo = [name];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const inbound = flow.spec.inbound.get(next) ?? [];
    if (inbound.length === 0) return true;
    for (const source of inbound) {
      const rows = freshRows(flow, join, source);
      if (rows.some((row) => !isFinal(row.state) || leadsTo(row, next))) return true;
      if (rows.length > 0 || seen.has(source)) continue;
      seen.add(source);
      todo.push(source);
    }
  }
  return false;
}
