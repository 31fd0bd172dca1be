import type { Context, MergeStrategy, TaskContext } from './context-types.js';
import type { Draft } from './draft.js';
import { EMPTY_CONTEXT, mergeContexts, publishInto } from './merge-contexts.js';
import type { TaskRow } from './rows.js';
import { sourcesOf, triggersOf } from './sources.js';

/**
 * The variables a task starts with: those of the task that triggered it and what that one published; where a join or
 * `requires` brings several branches together, their merge by version (section 3.6 of the engine's contract).
 */
export function inboundContext(draft: Draft, task: TaskRow, strategy: MergeStrategy): Context {
  return contextOf(draft, task, strategy).inbound;
}

/** The inbound context with what the task has published. */
export function outboundContext(draft: Draft, task: TaskRow, strategy: MergeStrategy): Context {
  return contextOf(draft, task, strategy).outbound;
}

function contextOf(draft: Draft, task: TaskRow, strategy: MergeStrategy): TaskContext {
  const known = settled(draft, task);
  if (known !== undefined) return known;
  const sources = sourcesOf(draft, task);
  if (sources.some((source) => settled(draft, source) === undefined)) learnAll(draft, sources, strategy);
  return learn(draft, task, sources, strategy);
}

/** A context that will not change any more, since the end of its task stands. */
function settled(draft: Draft, task: TaskRow): TaskContext | undefined {
  const known = draft.context(task.id);
  const isCurrent = known?.isSettled === true && task.nextTasks !== null && known.published === task.published;
  return isCurrent ? known : undefined;
}

/** Ancestors before descendants, without recursion: branches may be thousands of tasks long. */
function learnAll(draft: Draft, tasks: readonly TaskRow[], strategy: MergeStrategy): void {
  const entered = new Set<string>();
  const todo: { readonly task: TaskRow; readonly sources?: readonly TaskRow[] }[] = tasks.map((task) => ({ task }));
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { task, sources } = next;
    if (sources !== undefined) learn(draft, task, sources, strategy);
    else if (!entered.has(task.id) && settled(draft, task) === undefined) {
      entered.add(task.id);
      const own = sourcesOf(draft, task);
      todo.push({ task, sources: own }, ...own.map((source) => ({ task: source })));
    }
  }
}

function learn(draft: Draft, task: TaskRow, sources: readonly TaskRow[], strategy: MergeStrategy): TaskContext {
  const contexts = sources.map((source) => draft.context(source.id)?.outbound ?? EMPTY_CONTEXT);
  const known = draft.context(task.id);
  const isSame = known !== undefined && isSameList(known.sources, contexts);
  const inbound = isSame ? known.inbound : mergeContexts(contexts);
  const isSameOutbound = isSame && known.published === task.published;
  const outbound = isSameOutbound ? known.outbound : publishInto(inbound, task.published, strategy);
  const { published } = task;
  const made = { sources: contexts, inbound, published, outbound, isSettled: isSettled(draft, task, sources) };
  draft.contexts.set(task.id, made);
  return made;
}

/** Neither the task nor one that it inherits from is under way, as it is when one of them runs again. */
function isSettled(draft: Draft, task: TaskRow, sources: readonly TaskRow[]): boolean {
  if (task.nextTasks === null || !sources.every((source) => draft.context(source.id)?.isSettled)) return false;
  return triggersOf(task).every((trigger) => draft.task(trigger.task_id)?.nextTasks !== null);
}

function isSameList(a: readonly Context[], b: readonly Context[]): boolean {
  return a.length === b.length && a.every((context, index) => context === b[index]);
}
