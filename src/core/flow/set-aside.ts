import type { ActionRow, ChildRow, TaskRow } from './rows.js';
import type { Work } from './work.js';

/** Children that no longer count for the task's result. */
export function setAside(work: Work, task: TaskRow, chosen: (child: ActionRow | ChildRow) => boolean): void {
  for (const action of work.draft.actionsOf(task.id))
    if (action.accepted && chosen(action)) work.draft.setAction(action, { accepted: false });
  for (const child of work.draft.childrenOf(task.id))
    if (child.accepted && chosen(child)) work.draft.setChild(child, { accepted: false });
}
