import type { WorkflowSpec } from '../language/index.js';
import type { Command } from './changes.js';
import type { TaskContext } from './context-types.js';
import { type Flow, type FlowReader, hasEndedAgain, isOwnAction } from './flow.js';
import type { ActionRow, ChildRow, ExecutionRow, TaskRow, TimerKind, TimerRow } from './rows.js';
import { isFinal } from './states.js';
import { addChild, emptyTally, type Tally, tallyOf } from './tally.js';

/**
 * A flow with the changes of one decision laid over it. The flow below stays as it is, so a decision can be thrown
 * away (a rejected event, a failed transaction, data to be loaded first) at no cost.
 */
export class Draft implements FlowReader {
  readonly tasks = new Map<string, TaskRow>();
  readonly actions = new Map<string, ActionRow>();
  readonly children = new Map<string, ChildRow>();
  readonly timersSet = new Map<string, TimerRow>();
  readonly timersGone = new Set<string>();
  readonly tallies = new Map<string, Tally>();
  readonly contexts = new Map<string, TaskContext>();
  /** See {@link Flow.witnesses}; null where there is none any more. */
  readonly witnesses = new Map<string, string | null>();
  readonly commands: Command[] = [];
  /** Those of {@link timersSet} that are no actions'. */
  private readonly ownTimersSet = new Map<string, TimerRow>();
  private readonly newTaskIds = new Map<string, string[]>();
  private readonly newActionIds = new Map<string, string[]>();
  private readonly newChildIds = new Map<string, string[]>();
  unfinishedTasks: number;
  waitingTasks: number;
  execution: ExecutionRow;
  private knowsContexts = true;
  private changes = 0;

  constructor(
    readonly base: Flow,
    readonly isNew: boolean,
  ) {
    this.execution = base.execution;
    this.unfinishedTasks = base.unfinishedTasks;
    this.waitingTasks = base.waitingTasks;
  }

  /** Grows with every change. */
  get changeCount(): number {
    return this.changes;
  }

  get spec(): WorkflowSpec {
    return this.base.spec;
  }

  task(id: string): TaskRow | undefined {
    return this.tasks.get(id) ?? this.base.tasks.get(id);
  }

  action(id: string): ActionRow | undefined {
    return this.actions.get(id) ?? this.base.actions.get(id);
  }

  child(id: string): ChildRow | undefined {
    return this.children.get(id) ?? this.base.children.get(id);
  }

  timer(id: string): TimerRow | undefined {
    return this.timersGone.has(id) ? undefined : (this.timersSet.get(id) ?? this.base.timers.get(id));
  }

  tasksNamed(name: string): readonly TaskRow[] {
    return layered(this.base.taskIdsByName.get(name), this.newTaskIds.get(name), this.base.tasks, this.tasks);
  }

  actionsOf(taskId: string): readonly ActionRow[] {
    return layered(
      this.base.actionIdsByTask.get(taskId),
      this.newActionIds.get(taskId),
      this.base.actions,
      this.actions,
    );
  }

  childrenOf(taskId: string): readonly ChildRow[] {
    return layered(
      this.base.childIdsByTask.get(taskId),
      this.newChildIds.get(taskId),
      this.base.children,
      this.children,
    );
  }

  /** Unfinished actions that the flow itself carries on: see {@link Flow.ownActions}. */
  *ownActions(): Iterable<ActionRow> {
    for (const id of this.base.ownActions) {
      const row = this.action(id);
      if (row !== undefined && isOwnAction(row)) yield row;
    }
    for (const row of [...this.actions.values()]) if (isOwnAction(row) && !this.base.ownActions.has(row.id)) yield row;
  }

  timersOf(taskId: string | null): readonly TimerRow[] {
    const kept = this.base.timersOf(taskId).filter((timer) => !this.timersGone.has(timer.id));
    const set = [...this.ownTimersSet.values()].filter((timer) => timer.taskExecutionId === taskId);
    return [...kept, ...set];
  }

  *allTasks(): Iterable<TaskRow> {
    for (const row of this.base.tasks.values()) yield this.tasks.get(row.id) ?? row;
    for (const row of this.tasks.values()) if (!this.base.tasks.has(row.id)) yield row;
  }

  tally(taskId: string): Tally {
    return this.tallies.get(taskId) ?? (this.base.tasks.has(taskId) ? this.base.tally(taskId) : emptyTally());
  }

  setTally(taskId: string, tally: Tally): void {
    this.changes += 1;
    this.tallies.set(taskId, tally);
  }

  setExecution(patch: Partial<ExecutionRow>): void {
    this.changes += 1;
    this.execution = { ...this.execution, ...patch };
  }

  addTask(row: TaskRow): TaskRow {
    append(this.newTaskIds, row.name, row.id);
    return this.putTask(undefined, row);
  }

  setTask(id: string, patch: Partial<TaskRow>): TaskRow {
    const old = this.task(id);
    if (old === undefined) throw new Error(`task execution ${id} is not part of this flow`);
    return this.putTask(old, { ...old, ...patch });
  }

  addAction(row: ActionRow): void {
    this.changes += 1;
    if (row.taskExecutionId !== null) append(this.newActionIds, row.taskExecutionId, row.id);
    this.actions.set(row.id, row);
    this.recount(row.taskExecutionId, undefined, row);
  }

  setAction(old: ActionRow, patch: Partial<ActionRow>): ActionRow {
    this.changes += 1;
    const row = { ...old, ...patch };
    this.actions.set(row.id, row);
    this.recount(row.taskExecutionId, old, row);
    return row;
  }

  addChild(row: ChildRow): void {
    this.changes += 1;
    append(this.newChildIds, row.taskExecutionId, row.id);
    this.children.set(row.id, row);
    this.recount(row.taskExecutionId, undefined, row);
  }

  setChild(old: ChildRow, patch: Partial<ChildRow>): ChildRow {
    this.changes += 1;
    const row = { ...old, ...patch };
    this.children.set(row.id, row);
    this.recount(row.taskExecutionId, old, row);
    return row;
  }

  setTimer(row: TimerRow): void {
    this.changes += 1;
    this.timersSet.set(row.id, row);
    if (row.kind !== 'action') this.ownTimersSet.set(row.id, row);
  }

  dropTimersOf(taskId: string | null, kind?: TimerKind): void {
    if (!this.hasTimers) return;
    for (const timer of this.timersOf(taskId)) if (kind === undefined || timer.kind === kind) this.dropTimer(timer.id);
  }

  get hasTimers(): boolean {
    return this.base.timers.size > 0 || this.timersSet.size > 0;
  }

  dropTimer(id: string): void {
    this.changes += 1;
    this.timersSet.delete(id);
    this.ownTimersSet.delete(id);
    if (this.base.timers.has(id)) this.timersGone.add(id);
  }

  command(command: Command): void {
    this.changes += 1;
    this.commands.push(command);
  }

  setWitness(joinId: string, taskId: string | null): void {
    this.changes += 1;
    this.witnesses.set(joinId, taskId);
  }

  witness(joinId: string): TaskRow | undefined {
    const known = this.witnesses.get(joinId);
    const id = known === undefined ? this.base.witnesses.get(joinId) : known;
    return this.task(id ?? '');
  }

  context(taskId: string): TaskContext | undefined {
    return this.contexts.get(taskId) ?? (this.knowsContexts ? this.base.contexts.get(taskId) : undefined);
  }

  private putTask(old: TaskRow | undefined, row: TaskRow): TaskRow {
    this.changes += 1;
    if (old !== undefined && hasEndedAgain(old, row)) {
      this.knowsContexts = false;
      this.contexts.clear();
    }
    this.unfinishedTasks += Number(!isFinal(row.state)) - Number(old !== undefined && !isFinal(old.state));
    this.waitingTasks += Number(row.state === 'WAITING') - Number(old?.state === 'WAITING');
    this.tasks.set(row.id, row);
    if (old !== undefined && old.run !== row.run)
      this.tallies.set(row.id, tallyOf(row, this.actionsOf(row.id), this.childrenOf(row.id)));
    return row;
  }

  private recount(taskId: string | null, old: ActionRow | ChildRow | undefined, row: ActionRow | ChildRow): void {
    const task = taskId === null ? undefined : this.task(taskId);
    if (task === undefined) return;
    const before = this.tally(task.id);
    const without = old === undefined ? before : addChild(before, old, task.run, -1);
    this.tallies.set(task.id, addChild(without, row, task.run, 1));
  }
}

function append(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, [id]);
  else ids.push(id);
}

function layered<Row>(
  oldIds: readonly string[] | undefined,
  newIds: readonly string[] | undefined,
  base: ReadonlyMap<string, Row>,
  over: ReadonlyMap<string, Row>,
): readonly Row[] {
  const rows: Row[] = [];
  for (const ids of [oldIds, newIds])
    for (const id of ids ?? []) {
      const row = over.get(id) ?? base.get(id);
      if (row !== undefined) rows.push(row);
    }
  return rows;
}
