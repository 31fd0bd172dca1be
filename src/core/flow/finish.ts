import { pyRepr, truthy } from '../expressions/index.js';
import { isDict, type Json, mergeDicts, StateError } from '../shared/index.js';
import type { Context } from './context-types.js';
import { outboundContext } from './context.js';
import { evaluateData, workflowScope } from './evaluation.js';
import { errorText } from './error-text.js';
import { EMPTY_CONTEXT, mergeContexts } from './merge-contexts.js';
import { targetOf } from './reverse.js';
import type { TaskRow } from './rows.js';
import { isFinal, type FinalState } from './states.js';
import { schemaProblem } from './value-schemas.js';
import { changeExecutionState, isExecutionFinal, isHeldTask, isPaused, messageOf, type Work } from './work.js';

/** Ends the execution when no task is left to end (section 3.9 of the engine's contract). */
export function checkAndComplete(work: Work): void {
  work.mayHaveEnded = false;
  if (isExecutionFinal(work) || isPaused(work) || work.draft.unfinishedTasks > 0) return;
  const tasks = [...work.draft.allTasks()];
  if (tasks.some(isHeldTask)) return;
  const cancelled = namesIn(tasks, (task) => task.state === 'CANCELLED');
  if (cancelled.length > 0) return endExecution(work, 'CANCELLED', `Cancelled tasks: ${cancelled.join(', ')}`);
  if (!tasks.some((task) => task.state === 'ERROR' && !task.errorHandled)) return succeed(work);
  return endExecution(work, 'ERROR', errorText(work.draft));
}

/** SUCCESS with the output evaluated; an output that can't be evaluated is an ERROR, the tasks stay as they are. */
function succeed(work: Work): void {
  try {
    endExecution(work, 'SUCCESS', null);
  } catch (error) {
    const { id, workflowName } = work.draft.execution;
    endExecution(
      work,
      'ERROR',
      `Failed to check and complete [wf_ex_id=${id}, wf_name=${workflowName}]: ${messageOf(error)}`,
    );
  }
}

/**
 * Puts the execution into a final state with its output, and tells its parent.
 * @throws EvaluationError when the output of a SUCCESS can't be evaluated; nothing has changed then
 * @throws StateError when the state can't be reached from the present one
 */
export function endExecution(work: Work, state: FinalState, message: string | null): void {
  const { output, info } = outcomeOf(work, state, message);
  changeExecutionState(work, state, { output, stateInfo: info });
  work.draft.dropTimersOf(null);
  const { execution } = work.draft;
  if (execution.parentExecutionId === null) return;
  work.draft.command({
    kind: 'tell',
    executionId: execution.parentExecutionId,
    event: { kind: 'child-done', childId: execution.id, state, stateInfo: info, output },
  });
}

function outcomeOf(
  work: Work,
  state: FinalState,
  message: string | null,
): { readonly output: Json; readonly info: string | null } {
  if (state === 'SUCCESS') return { output: successOutput(work), info: message };
  if (state === 'CANCELLED') return { output: { result: message }, info: message };
  return errorOutput(work, message);
}

function successOutput(work: Work): Json {
  const context = finalContext(work);
  const written = work.draft.spec.output;
  const value = written === undefined ? {} : evaluateData(written, workflowScope(work.draft, work.scope, context));
  const output = truthy(value) ? value : context.values;
  const problem = schemaProblem(work.draft.spec.outputSchema, output, true);
  if (problem !== undefined)
    throw new StateError(`Invalid output [name=${work.draft.execution.workflowName}${problem}]`);
  return output;
}

/** `{result: message}` under what output-on-error gives, else under the final context. */
function errorOutput(work: Work, message: string | null): { readonly output: Json; readonly info: string | null } {
  const context = finalContext(work);
  const written = work.draft.spec.outputOnError;
  try {
    const value = written === undefined ? {} : evaluateData(written, workflowScope(work.draft, work.scope, context));
    const over = truthy(value) && isDict(value) ? value : context.values;
    return { output: mergeDicts({ result: message }, over), info: message };
  } catch (error) {
    const info = `Failed to evaluate expression in output-on-error! (output-on-error: '${pyRepr(written ?? {})}', exception: '${messageOf(error)}' Cause: '${message ?? 'None'}'`;
    return { output: { result: info }, info };
  }
}

/** Merge of what the ended branches hold: direct, all finished tasks without next tasks; reverse, the target task. */
export function finalContext(work: Work): Context {
  const { draft, scope } = work;
  const strategy = scope.settings.mergeStrategy;
  if (draft.spec.type === 'reverse') {
    const target = draft.tasksNamed(targetOf(draft.execution)).at(-1);
    return target === undefined ? EMPTY_CONTEXT : outboundContext(draft, target, strategy);
  }
  const ends = [...draft.allTasks()].filter((task) => isFinal(task.state) && !task.hasNextTasks);
  return mergeContexts(ends.map((task) => outboundContext(draft, task, strategy)));
}

function namesIn(tasks: readonly TaskRow[], wanted: (task: TaskRow) => boolean): readonly string[] {
  return [...new Set(tasks.filter(wanted).map((task) => task.name))].sort();
}
