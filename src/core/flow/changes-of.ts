import type { Json } from '../shared/index.js';
import type { Changes, Command, RowChange } from './changes.js';
import type { Draft } from './draft.js';
import type { FlowEvent } from './events.js';
import type { ExecutionRow, Instant } from './rows.js';
import { isFinal } from './states.js';

/** What is known of the decision besides its draft, for the journal. */
export interface DecisionRecord {
  readonly at: Instant;
  readonly seed: string;
  readonly events: readonly FlowEvent[] | readonly Json[];
}

/** Whether the decision changed anything that has to be written. */
export function hasChanges(draft: Draft): boolean {
  return (
    draft.isNew ||
    draft.execution !== draft.base.execution ||
    draft.commands.length > 0 ||
    draft.tasks.size + draft.actions.size + draft.children.size + draft.timersSet.size + draft.timersGone.size > 0
  );
}

/** The rows and commands of a decision, with the execution's version one higher. */
export function changesOf(draft: Draft, commands: readonly Command[], record: DecisionRecord): Changes {
  const { base } = draft;
  draft.setExecution({ version: draft.execution.version + 1 });
  const changes = <Row extends { readonly id: string }>(
    rows: ReadonlyMap<string, Row>,
    known: ReadonlyMap<string, Row>,
  ): RowChange<Row>[] => [...rows.values()].map((row) => ({ isNew: !known.has(row.id), row }));
  return {
    execution: { isNew: draft.isNew, row: draft.execution },
    executionColumns: changedColumns(base.execution, draft.execution, draft.isNew),
    tasks: changes(draft.tasks, base.tasks),
    actions: changes(draft.actions, base.actions),
    children: [...draft.children.values()].filter(
      (row) => base.children.has(row.id) || isFinal(row.state) || !row.accepted,
    ),
    timersSet: [...draft.timersSet.values()],
    timersGone: [...draft.timersGone],
    commands,
    journal: {
      executionId: draft.execution.id,
      version: draft.execution.version,
      at: record.at,
      seed: record.seed,
      events: record.events as readonly Json[],
    },
  };
}

function changedColumns(before: ExecutionRow, after: ExecutionRow, isNew: boolean): readonly (keyof ExecutionRow)[] {
  const columns = Object.keys(after) as (keyof ExecutionRow)[];
  return isNew ? columns : columns.filter((column) => before[column] !== after[column]);
}
