import { storedJson } from '../core/shared/index.js';
import type {
  ActionRow,
  Changes,
  ChildRow,
  Command,
  ExecutionRow,
  FlowEvent,
  ParentRef,
  RowChange,
  StartRequest,
  TaskRow,
  TimerRow,
} from '../core/flow/index.js';
import { type Column, encodeRow } from './columns.js';
import { ACTION_COLUMNS, EXECUTION_COLUMNS, TASK_COLUMNS, TIMER_COLUMNS } from './row-columns.js';

/** What one transaction writes for one execution. `parent` is needed when a sub-workflow execution is new. */
export interface ChangesToSave extends Changes {
  readonly parent?: ParentRef;
}

/** Records by the statement that writes them; an empty list needs no statement. */
export interface Batch {
  readonly newExecutions: readonly object[];
  readonly executions: readonly object[];
  /** What parents say of sub-workflow executions that were deleted. */
  readonly deletedChildren: readonly object[];
  readonly newTasks: readonly object[];
  readonly tasks: readonly object[];
  readonly newActions: readonly object[];
  readonly actions: readonly object[];
  /** Ids of actions that run again and have not changed otherwise. */
  readonly released: readonly string[];
  readonly timersSet: readonly object[];
  readonly timersGone: readonly string[];
  readonly outbox: readonly object[];
  readonly journal: readonly object[];
}

interface Versioned<T> {
  readonly value: T;
  readonly version: number;
}

interface ExecutionEntry {
  readonly isNew: boolean;
  readonly row: ExecutionRow;
  readonly columns: ReadonlySet<string>;
  readonly parent: ParentRef | undefined;
}

/**
 * Sorts changes by statement. A statement must not touch a row twice, so changes of one row are merged: the last form
 * wins, and what a parent says of a child that is itself in the batch goes into the child's record.
 */
export function toBatch(list: readonly ChangesToSave[]): Batch {
  const executions = new Map<string, ExecutionEntry>();
  for (const changes of list) addExecution(executions, changes);
  const reports = latest(list, (changes) => changes.children);
  const own = [...executions.values()];
  const tasks = mergedRows(list, (changes) => changes.tasks);
  const actions = mergedRows(list, (changes) => changes.actions);
  const runs = new Set(list.flatMap(({ commands }) => commands.flatMap(ranAction)));
  const timers = timersOf(list);
  const foreign = [...reports].filter(([id]) => !executions.has(id)).map(([, report]) => report);
  const isDeleted = ({ value }: Versioned<ChildRow>): boolean => value.isDeleted === true;
  return {
    newExecutions: own.filter(({ isNew }) => isNew).map((entry) => newExecution(entry, reports.get(entry.row.id))),
    executions: [
      ...own.filter(({ isNew }) => !isNew).map((entry) => changedExecution(entry, reports.get(entry.row.id))),
      ...foreign
        .filter((report) => !isDeleted(report))
        .map((report) => ({ id: report.value.id, own: false, ...reportOf(report) })),
    ],
    deletedChildren: foreign
      .filter(isDeleted)
      .map(({ value: { id, state, stateInfo, accepted } }) => ({ id, state, state_info: stateInfo, accepted })),
    newTasks: newRecords(TASK_COLUMNS, tasks),
    tasks: changedRecords(TASK_COLUMNS, tasks),
    newActions: newRecords(ACTION_COLUMNS, actions),
    actions: changedRecords(ACTION_COLUMNS, actions, (row) => ({ released: runs.has(row.id) })),
    released: [...runs].filter((id) => !actions.has(id)),
    timersSet: timers.set,
    timersGone: timers.gone,
    outbox: list.flatMap(({ execution, commands }) => commands.map((command) => toOutbox(execution.row, command))),
    journal: list.map(({ journal: { executionId, version, at, seed, events } }) => ({
      execution_id: executionId,
      version,
      at,
      seed,
      events: storedJson(events),
    })),
  };
}

function addExecution(entries: Map<string, ExecutionEntry>, changes: ChangesToSave): void {
  const { row, isNew } = changes.execution;
  const before = entries.get(row.id);
  entries.set(row.id, {
    row,
    isNew: isNew || before?.isNew === true,
    columns: new Set([...(before?.columns ?? []), ...changes.executionColumns]),
    parent: changes.parent ?? before?.parent,
  });
}

function newExecution({ row, parent }: ExecutionEntry, report: Versioned<ChildRow> | undefined): object {
  const record = { ...encodeRow(EXECUTION_COLUMNS, row), item_index: parent?.index, item_run: parent?.run };
  return report === undefined ? record : { ...record, ...reportOf(report) };
}

function changedExecution({ row, columns }: ExecutionEntry, report: Versioned<ChildRow> | undefined): object {
  const isSame = ({ change, property }: Column): boolean =>
    property !== 'id' && (change === 'fixed' || (change === 'kept' && !columns.has(property)));
  return { ...encodeRow(EXECUTION_COLUMNS, row, isSame), own: true, ...(report && reportOf(report)) };
}

function reportOf({ value, version }: Versioned<ChildRow>): object {
  return { reported_state: value.state, reported_version: version, accepted: value.accepted };
}

function latest<T extends { readonly id: string }>(
  list: readonly ChangesToSave[],
  pick: (changes: Changes) => readonly T[],
): Map<string, Versioned<T>> {
  const found = new Map<string, Versioned<T>>();
  for (const changes of list) {
    const { version } = changes.execution.row;
    for (const value of pick(changes)) found.set(value.id, { value, version });
  }
  return found;
}

function mergedRows<Row extends { readonly id: string }>(
  list: readonly ChangesToSave[],
  pick: (changes: Changes) => readonly RowChange<Row>[],
): Map<string, Versioned<RowChange<Row>>> {
  const found = new Map<string, Versioned<RowChange<Row>>>();
  for (const changes of list) {
    const { version } = changes.execution.row;
    for (const { row, isNew } of pick(changes)) {
      found.set(row.id, { value: { row, isNew: isNew || found.get(row.id)?.value.isNew === true }, version });
    }
  }
  return found;
}

type MergedRows<Row> = ReadonlyMap<string, Versioned<RowChange<Row>>>;

function newRecords<Row extends TaskRow | ActionRow>(columns: readonly Column[], rows: MergedRows<Row>): object[] {
  const added = [...rows.values()].filter(({ value }) => value.isNew);
  return added.map(({ value, version }) => ({ ...encodeRow(columns, value.row), flow_version: version }));
}

function changedRecords<Row extends TaskRow | ActionRow>(
  columns: readonly Column[],
  rows: MergedRows<Row>,
  more: (row: Row) => object = () => ({}),
): object[] {
  const changed = [...rows.values()].filter(({ value }) => !value.isNew);
  const isFixed = ({ change, property }: Column): boolean => change === 'fixed' && property !== 'id';
  return changed.map(({ value: { row }, version }) => ({
    ...encodeRow(columns, row, isFixed),
    flow_version: version,
    ...more(row),
  }));
}

/** A timer that is set and cancelled in one transaction was never there. */
function timersOf(list: readonly ChangesToSave[]): { readonly set: object[]; readonly gone: string[] } {
  const set = new Map<string, Versioned<TimerRow>>();
  const gone = new Set<string>();
  for (const { execution, timersSet, timersGone } of list) {
    for (const id of timersGone) {
      set.delete(id);
      gone.add(id);
    }
    for (const value of timersSet) {
      gone.delete(value.id);
      set.set(value.id, { value, version: execution.row.version });
    }
  }
  const records = [...set.values()].map(({ value, version }) => ({
    ...encodeRow(TIMER_COLUMNS, value),
    flow_version: version,
  }));
  return { set: records, gone: [...gone] };
}

function ranAction(command: Command): readonly string[] {
  return command.kind === 'run-action' ? [command.actionId] : [];
}

/** A message stays within the tree of its sender. */
function toOutbox({ id: executionId, rootExecutionId, projectId }: ExecutionRow, command: Command): object {
  switch (command.kind) {
    case 'run-action':
      return {
        kind: 'run',
        execution_id: executionId,
        root_execution_id: rootExecutionId ?? executionId,
        run_for: projectId,
        action_id: command.actionId,
        payload: '{}',
      };
    case 'tell':
      return tellRecord(command.executionId, command.event, rootExecutionId ?? executionId);
    case 'start-child':
      return startRecord(command.request);
    case 'notify': {
      const { publisher, payload } = command;
      return { kind: 'notify', execution_id: executionId, payload: text({ publisher, payload }) };
    }
  }
}

function eventPayload(event: FlowEvent): string {
  return text({ event: withoutGaps(event) });
}

/** A start waits under the id that the child will have; the parent finds it by `parent_execution_id`. */
export function startRecord(request: StartRequest): object {
  const { id, parent } = request;
  return {
    kind: 'tell',
    execution_id: id,
    root_execution_id: parent?.rootExecutionId ?? id,
    parent_execution_id: parent?.executionId ?? null,
    parent_task_id: parent?.taskExecutionId ?? null,
    payload: text({ start: withoutGaps(request) }),
  };
}

/** A record of the outbox that tells an event to an execution; one whose root is not known here counts as its own. */
export function tellRecord(executionId: string, event: FlowEvent, rootId = executionId): object {
  return { kind: 'tell', execution_id: executionId, root_execution_id: rootId, payload: eventPayload(event) };
}

function text(value: object): string {
  return storedJson(value);
}

/** JSON has no `undefined`: an optional property that is absent in all but name goes. */
function withoutGaps(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
