import { mapWanting, pyStr, truthy } from '../expressions/index.js';
import type { OnClauseName, TransitionSpec } from '../language/index.js';
import { isDict, type Json, type JsonObject, stringifyJson } from '../shared/index.js';
import { evaluateData, guardScope } from './evaluation.js';
import type { FlowCommand } from './flow-command.js';
import { readyReverseTasks } from './reverse.js';
import type { TaskRow } from './rows.js';
import { specOf, type Work } from './work.js';

const ENGINE_COMMANDS: ReadonlySet<string> = new Set(['noop', 'fail', 'succeed', 'pause']);

/** Guards and messages are evaluated here, over what the task published. @throws EvaluationError */
export function nextCommands(work: Work, task: TaskRow): readonly FlowCommand[] {
  if (work.draft.spec.type === 'reverse') return readyReverseTasks(work);
  const clauses = clausesOf(work, task);
  if (clauses.length === 0) return [];
  return clauses.flatMap(([event, transitions]) => passing(work, task, event, transitions));
}

/** `[[name, event]]` of the tasks among the commands. */
export function followers(commands: readonly FlowCommand[]): readonly (readonly [string, string])[] {
  return commands.flatMap((command) => (command.kind === 'run' ? [[command.name, command.event ?? ''] as const] : []));
}

type Clause = readonly [OnClauseName, readonly TransitionSpec[]];

/** ERROR: on-error, on-complete. SUCCESS: on-success, on-complete. SKIPPED: on-skip, else on-success. CANCELLED: nothing. */
function clausesOf(work: Work, task: TaskRow): readonly Clause[] {
  const { on } = specOf(work, task);
  const clause = (name: OnClauseName): Clause => [name, on[name]?.next ?? []];
  if (task.state === 'SUCCESS') return [clause('on-success'), clause('on-complete')].filter(hasTargets);
  if (task.state === 'ERROR') return [clause('on-error'), clause('on-complete')].filter(hasTargets);
  if (task.state !== 'SKIPPED') return [];
  const skipped = passing(work, task, ...clause('on-skip'));
  return [skipped.length > 0 ? clause('on-skip') : clause('on-success')].filter(hasTargets);
}

function hasTargets([, targets]: Clause): boolean {
  return targets.length > 0;
}

function passing(
  work: Work,
  task: TaskRow,
  event: OnClauseName,
  transitions: readonly TransitionSpec[],
): readonly FlowCommand[] {
  const guards = mapWanting(transitions, (transition) => isOpen(work, task, transition));
  return mapWanting(
    transitions.filter((_, index) => guards[index]),
    (transition) => commandFor(work, task, event, transition),
  );
}

function isOpen(work: Work, task: TaskRow, { guard }: TransitionSpec): boolean {
  return guard === undefined || truthy(evaluateData(guard, guardScope(work.draft, work.scope, task)));
}

function commandFor(work: Work, task: TaskRow, event: OnClauseName, transition: TransitionSpec): FlowCommand {
  const { target, params } = transition;
  if (!ENGINE_COMMANDS.has(target)) return { kind: 'run', name: target, event, taskId: task.id };
  return { kind: target as 'noop' | 'fail' | 'succeed' | 'pause', event, ...messageIn(work, task, params) };
}

/** A dict is JSON text as state info and Python text as the execution's result; other values are their Python text. */
function messageIn(
  work: Work,
  task: TaskRow,
  params: JsonObject,
): { readonly message: string | null; readonly result: Json } {
  const written = params['msg'];
  if (written === undefined) return { message: null, result: null };
  const value = evaluateData(written, guardScope(work.draft, work.scope, task));
  if (value === null) return { message: null, result: null };
  const message = isDict(value) ? stringifyJson(value, { style: 'python' }) : pyStr(value);
  return { message, result: pyStr(value) };
}
