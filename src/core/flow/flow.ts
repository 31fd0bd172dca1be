import type { WorkflowSpec } from '../language/index.js';
import { ACTION_DATA, CHILD_DATA, EXECUTION_DATA, growth, TASK_DATA } from './bytes.js';
import type { TaskContext } from './context-types.js';
import type { ActionRow, ChildRow, ExecutionRow, TaskRow, TimerRow } from './rows.js';
import { isFinal } from './states.js';
import { emptyTally, type Tally, tallyOf } from './tally.js';

/** Rows of one execution as they stand in the database. */
export interface FlowRows {
  readonly execution: ExecutionRow;
  readonly tasks: readonly TaskRow[];
  readonly actions: readonly ActionRow[];
  readonly children: readonly ChildRow[];
  readonly timers: readonly TimerRow[];
}

/** Readable side of a flow; both the committed state and a draft over it have it. */
export interface FlowReader {
  readonly spec: WorkflowSpec;
  readonly execution: ExecutionRow;
  task(id: string): TaskRow | undefined;
  action(id: string): ActionRow | undefined;
  child(id: string): ChildRow | undefined;
  timer(id: string): TimerRow | undefined;
  /** Oldest first. */
  tasksNamed(name: string): readonly TaskRow[];
  actionsOf(taskId: string): readonly ActionRow[];
  childrenOf(taskId: string): readonly ChildRow[];
  /** Of a task, or with null those of the execution itself. */
  /** Of the task itself, or of the execution; those of actions go by the action's id. */
  timersOf(taskId: string | null): readonly TimerRow[];
  tally(taskId: string): Tally;
  allTasks(): Iterable<TaskRow>;
  /** Tasks that are not in a final state. */
  readonly unfinishedTasks: number;
  readonly waitingTasks: number;
}

/**
 * The committed state of one execution in memory, with the indexes that keep every event at constant cost.
 * Only `absorb` changes it, after the transaction that wrote the same changes.
 */
export class Flow implements FlowReader {
  readonly tasks = new Map<string, TaskRow>();
  readonly actions = new Map<string, ActionRow>();
  readonly children = new Map<string, ChildRow>();
  readonly timers = new Map<string, TimerRow>();
  /** Unfinished actions that nobody else carries on: pure ones, and those that only wait. */
  readonly ownActions = new Set<string>();
  readonly taskIdsByName = new Map<string, string[]>();
  readonly actionIdsByTask = new Map<string, string[]>();
  readonly childIdsByTask = new Map<string, string[]>();
  readonly timerIdsByTask = new Map<string, string[]>();
  readonly tallies = new Map<string, Tally>();
  /** Contexts are derived from what was published; see context.ts. */
  readonly contexts = new Map<string, TaskContext>();
  /** For a waiting join, a source that was unfinished at the last look; only a hint that saves looking at all of them. */
  readonly witnesses = new Map<string, string>();
  unfinishedTasks = 0;
  waitingTasks = 0;
  execution: ExecutionRow;
  private rowBytes = 0;
  private weighedExecution: ExecutionRow | undefined;

  constructor(
    rows: FlowRows,
    readonly spec: WorkflowSpec,
  ) {
    this.execution = rows.execution;
    this.refresh(rows);
  }

  /** Takes newer forms of rows, and new rows, as read from the database. */
  refresh(rows: FlowRows): void {
    this.execution = rows.execution;
    for (const row of [...rows.tasks].sort(byCreation)) this.putTask(row);
    for (const row of [...rows.actions].sort(byCreation)) this.putAction(row);
    for (const row of [...rows.children].sort(byCreation)) this.putChild(row);
    this.timers.clear();
    this.timerIdsByTask.clear();
    for (const row of rows.timers) this.putTimer(row);
    for (const id of this.tallies.keys()) this.tallies.delete(id);
  }

  /** About how many bytes of memory all of it takes. */
  get bytes(): number {
    this.rowBytes += growth(EXECUTION_DATA, this.weighedExecution, this.execution);
    this.weighedExecution = this.execution;
    return this.rowBytes;
  }

  task(id: string): TaskRow | undefined {
    return this.tasks.get(id);
  }

  action(id: string): ActionRow | undefined {
    return this.actions.get(id);
  }

  child(id: string): ChildRow | undefined {
    return this.children.get(id);
  }

  timer(id: string): TimerRow | undefined {
    return this.timers.get(id);
  }

  tasksNamed(name: string): readonly TaskRow[] {
    return rowsOf(this.taskIdsByName.get(name), this.tasks);
  }

  actionsOf(taskId: string): readonly ActionRow[] {
    return rowsOf(this.actionIdsByTask.get(taskId), this.actions);
  }

  childrenOf(taskId: string): readonly ChildRow[] {
    return rowsOf(this.childIdsByTask.get(taskId), this.children);
  }

  timersOf(taskId: string | null): readonly TimerRow[] {
    return rowsOf(this.timerIdsByTask.get(taskId ?? ''), this.timers);
  }

  allTasks(): Iterable<TaskRow> {
    return this.tasks.values();
  }

  /** Counts of the children of a task; made from the rows the first time, kept up to date afterwards. */
  tally(taskId: string): Tally {
    const known = this.tallies.get(taskId);
    if (known !== undefined) return known;
    const task = this.tasks.get(taskId);
    const made = task === undefined ? emptyTally() : tallyOf(task, this.actionsOf(taskId), this.childrenOf(taskId));
    this.tallies.set(taskId, made);
    return made;
  }

  putTask(row: TaskRow): void {
    const old = this.tasks.get(row.id);
    if (old === undefined) append(this.taskIdsByName, row.name, row.id);
    else if (hasEndedAgain(old, row)) this.contexts.clear();
    this.unfinishedTasks += Number(!isFinal(row.state)) - Number(old !== undefined && !isFinal(old.state));
    this.waitingTasks += Number(row.state === 'WAITING') - Number(old?.state === 'WAITING');
    this.rowBytes += growth(TASK_DATA, old, row);
    this.tasks.set(row.id, row);
  }

  putAction(row: ActionRow): void {
    if (row.taskExecutionId !== null && !this.actions.has(row.id))
      append(this.actionIdsByTask, row.taskExecutionId, row.id);
    this.rowBytes += growth(ACTION_DATA, this.actions.get(row.id), row);
    this.actions.set(row.id, row);
    if (isOwnAction(row)) this.ownActions.add(row.id);
    else this.ownActions.delete(row.id);
  }

  putChild(row: ChildRow): void {
    if (!this.children.has(row.id)) append(this.childIdsByTask, row.taskExecutionId, row.id);
    this.rowBytes += growth(CHILD_DATA, this.children.get(row.id), row);
    this.children.set(row.id, row);
  }

  putTimer(row: TimerRow): void {
    this.timers.set(row.id, row);
    if (row.kind !== 'action') append(this.timerIdsByTask, row.taskExecutionId ?? '', row.id);
  }

  dropTimer(id: string): void {
    const row = this.timers.get(id);
    if (row === undefined) return;
    this.timers.delete(id);
    if (row.kind === 'action') return;
    const owner = row.taskExecutionId ?? '';
    const left = (this.timerIdsByTask.get(owner) ?? []).filter((other) => other !== id);
    this.timerIdsByTask.set(owner, left);
  }
}

/** A rerun or skip of a task that had ended changes what its descendants inherit. */
export function hasEndedAgain(old: TaskRow, row: TaskRow): boolean {
  return old.nextTasks !== null && old.finishedAt !== row.finishedAt;
}

function byCreation(a: { readonly createdAt: number }, b: { readonly createdAt: number }): number {
  return a.createdAt - b.createdAt;
}

function append(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, [id]);
  else ids.push(id);
}

function rowsOf<Row>(ids: readonly string[] | undefined, rows: ReadonlyMap<string, Row>): readonly Row[] {
  if (ids === undefined) return [];
  return ids.flatMap((id) => rows.get(id) ?? []);
}

export function isOwnAction({ dispatch, state }: ActionRow): boolean {
  return (dispatch === 'inline' || dispatch === 'timer') && !isFinal(state);
}
