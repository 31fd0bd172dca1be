import { pyStr } from '../expressions/index.js';
import type { Draft } from './draft.js';
import type { ActionRow, ChildRow, TaskRow } from './rows.js';
import { resultOf } from './task-data.js';
import { cutText, STATE_INFO_LIMIT } from './work.js';

/**
 * Characters that are quoted of a state info or of a result. The text of a failed sub-workflow comes twice in that of
 * its parent, so that without a limit it doubles with every level.
 */
const QUOTED_LIMIT = 4_000;

/**
 * Why an execution failed, in the original's form: the unhandled failed tasks by name, each with its state info and its
 * failed children, those of earlier attempts too: `idx` is the number of the item or of the attempt. Tasks with an
 * on-error target are left out even if no guard matched. What is quoted is cut, and so is the whole.
 */
export function errorText(draft: Draft): string {
  const failed = [...draft.allTasks()].filter((task) => task.state === 'ERROR' && !hasErrorTargets(draft, task));
  failed.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.createdAt - b.createdAt));
  let text = `Failure caused by error in tasks: ${failed.map((task) => task.name).join(', ')}\n`;
  for (const line of linesOf(draft, failed)) {
    if (text.length > STATE_INFO_LIMIT) break;
    text += line;
  }
  return cutText(text);
}

function hasErrorTargets(draft: Draft, task: TaskRow): boolean {
  return (draft.spec.tasks.get(task.name)?.on['on-error']?.next.length ?? 0) > 0;
}

function* linesOf(draft: Draft, failed: readonly TaskRow[]): Iterable<string> {
  for (const task of failed) {
    yield `\n  ${task.name} [task_ex_id=${task.id}] -> ${quoted(task.stateInfo ?? 'None')}\n`;
    const isAction = task.type === 'ACTION';
    const children: readonly (ActionRow | ChildRow)[] = isAction ? draft.actionsOf(task.id) : draft.childrenOf(task.id);
    const label = isAction ? 'action_ex_id' : 'wf_ex_id';
    const hasItems = (draft.spec.tasks.get(task.name)?.withItems.length ?? 0) > 0;
    for (const [position, child] of children.entries()) {
      if (child.state !== 'ERROR') continue;
      const index = hasItems ? child.index : position;
      yield `    [${label}=${child.id}, idx=${index}]: ${quoted(pyStr(shownResult(child)))}\n`;
    }
  }
}

function quoted(text: string): string {
  return text.length > QUOTED_LIMIT ? `${text.slice(0, QUOTED_LIMIT)}...` : text;
}

function shownResult(child: ActionRow | ChildRow): ReturnType<typeof resultOf> {
  if ('input' in child) return resultOf(child);
  const { output } = child;
  return (output as { readonly result?: ReturnType<typeof resultOf> } | null)?.result ?? null;
}
