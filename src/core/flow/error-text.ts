import { pyStr } from '../expressions/index.js';
import type { Draft } from './draft.js';
import type { ActionRow, ChildRow, TaskRow } from './rows.js';
import { resultOf } from './task-data.js';

/**
 * Why an execution failed, in the original's form: the unhandled failed tasks by name, each with its state info and its
 * failed children, those of earlier attempts too: `idx` is the number of the item or of the attempt. Tasks with an
 * on-error target are left out even if no guard matched.
 */
export function errorText(draft: Draft): string {
  const failed = [...draft.allTasks()].filter((task) => task.state === 'ERROR' && !hasErrorTargets(draft, task));
  failed.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.createdAt - b.createdAt));
  const names = failed.map((task) => task.name).join(', ');
  return `Failure caused by error in tasks: ${names}\n${failed.map((task) => taskText(draft, task)).join('')}`;
}

function hasErrorTargets(draft: Draft, task: TaskRow): boolean {
  return (draft.spec.tasks.get(task.name)?.on['on-error']?.next.length ?? 0) > 0;
}

function taskText(draft: Draft, task: TaskRow): string {
  const head = `\n  ${task.name} [task_ex_id=${task.id}] -> ${task.stateInfo ?? 'None'}\n`;
  const children: readonly (ActionRow | ChildRow)[] =
    task.type === 'ACTION' ? draft.actionsOf(task.id) : draft.childrenOf(task.id);
  const label = task.type === 'ACTION' ? 'action_ex_id' : 'wf_ex_id';
  const hasItems = (draft.spec.tasks.get(task.name)?.withItems.length ?? 0) > 0;
  const lines = children.map((child, position) =>
    child.state === 'ERROR'
      ? `    [${label}=${child.id}, idx=${hasItems ? child.index : position}]: ${pyStr(shownResult(child))}\n`
      : '',
  );
  return head + lines.join('');
}

function shownResult(child: ActionRow | ChildRow): ReturnType<typeof resultOf> {
  if ('input' in child) return resultOf(child);
  const { output } = child;
  return (output as { readonly result?: ReturnType<typeof resultOf> } | null)?.result ?? null;
}
