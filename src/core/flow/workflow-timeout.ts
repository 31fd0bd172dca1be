import { pyStr } from '../expressions/index.js';
import { evaluateData, workflowScope } from './evaluation.js';
import { endExecution } from './finish.js';
import { wholeNumber } from './policy-values.js';
import { tellChildren } from './tell-children.js';
import type { TimerRow } from './rows.js';
import { isFinal } from './states.js';
import { secondsToMicros } from './times.js';
import { endWaits } from './waiting-actions.js';
import { isExecutionFinal, now, setTask, type Work } from './work.js';

/**
 * Sets the timer of a workflow's `timeout`; it counts from the start or rerun, through pauses.
 * @throws StateError when it is no whole number from 0; EvaluationError
 */
export function setWorkflowTimeout(work: Work): void {
  const { draft, scope } = work;
  if (draft.spec.timeout === undefined) return;
  const seconds = wholeNumber(evaluateData(draft.spec.timeout, workflowScope(draft, scope)), 'TimeoutPolicy');
  if (seconds === 0) return;
  draft.setTimer({
    id: scope.newId(),
    executionId: draft.execution.id,
    taskExecutionId: null,
    kind: 'workflow-timeout',
    dueAt: now(work) + secondsToMicros(seconds),
    payload: { seconds },
  });
}

/** The execution and its unfinished tasks end in ERROR, sub-workflows are cancelled; the tasks can be run again. */
export function onWorkflowTimeout(work: Work, timer: TimerRow): void {
  if (isExecutionFinal(work)) return;
  const info = `Workflow timed out [timeout(s)=${pyStr(timer.payload['seconds'] ?? null)}].`;
  tellChildren(work, { kind: 'stop', state: 'CANCELLED', message: info });
  for (const task of [...work.draft.allTasks()]) {
    if (isFinal(task.state)) continue;
    const end = { nextTasks: [], processed: true, errorHandled: false, finishedAt: now(work) };
    setTask(work, task, { state: 'ERROR', stateInfo: info, ...end });
    endWaits(work, task);
  }
  endExecution(work, 'ERROR', info);
}
