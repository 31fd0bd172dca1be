import type { DefinitionPath } from '../errors.js';
import type { TaskSpec, WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';

/** Error paths that look handled and are not. */
export function checkErrorPaths(workflow: WorkflowSpec, path: DefinitionPath): readonly Finding[] {
  return [...workflow.tasks.values()].flatMap((task) => {
    const place = [...path, 'tasks', task.name];
    return [...onlyGuarded(task, place), ...onCompleteOnly(task, workflow, place)];
  });
}

/** If no guard holds, the error counts as unhandled and the workflow fails. */
function onlyGuarded(task: TaskSpec, place: DefinitionPath): readonly Finding[] {
  const targets = task.on['on-error']?.next ?? [];
  const isCovered = targets.length === 0 || targets.some(({ guard }) => guard === undefined);
  if (isCovered || task.raw['on-error'] === undefined) return [];
  const message = `an error of '${task.name}' stays unhandled when no guard of its on-error holds: add a target without a guard`;
  return [finding('unhandled-error', [...place, 'on-error'], message)];
}

/**
 * on-complete runs after an error too, but does not handle it. A clean-up at the end or a join behind it is common and
 * meant so; a flow that goes on there is not.
 */
function onCompleteOnly(task: TaskSpec, workflow: WorkflowSpec, place: DefinitionPath): readonly Finding[] {
  const onComplete = task.on['on-complete']?.next ?? [];
  const hasOther = (task.on['on-error']?.next.length ?? 0) > 0 || (task.on['on-success']?.next.length ?? 0) > 0;
  const goesOn = onComplete.some(({ target }) => {
    const next = workflow.tasks.get(target);
    return next !== undefined && next.join === undefined && leadsOn(next);
  });
  if (hasOther || !goesOn || task.raw['on-complete'] === undefined) return [];
  const message = `on-complete of '${task.name}' goes on after an error but does not handle it, so the workflow ends in ERROR: add on-error`;
  return [finding('unhandled-error', [...place, 'on-complete'], message)];
}

function leadsOn(task: TaskSpec): boolean {
  return Object.values(task.on).some(({ next }) => next.length > 0);
}
