import type { WorkflowSpec } from '../language/index.js';
import { InputError, type Json } from '../shared/index.js';
import type { ExecutionRow } from './rows.js';
import { pyRepr, pyStr } from '../expressions/index.js';
import type { FlowCommand } from './flow-command.js';
import type { Work } from './work.js';

/** Tasks of a reverse workflow whose requirements are all met and that have not been started. */
export function readyReverseTasks(work: Work): readonly FlowCommand[] {
  const { draft } = work;
  const target = targetOf(draft.execution);
  return requiredFor(draft.spec, target)
    .filter((name) => draft.tasksNamed(name).length === 0 && isReady(work, name))
    .map((name) => ({ kind: 'run', name, event: null, taskId: null }));
}

/** Name of the task that a reverse workflow is run for. */
export function targetOf(execution: ExecutionRow): string {
  const name = execution.params['task_name'];
  return typeof name === 'string' ? name : '';
}

/** @throws InputError when params name no task of the workflow */
export function checkTarget(spec: WorkflowSpec, target: Json | undefined): void {
  if (typeof target === 'string' && spec.tasks.has(target)) return;
  const shown = pyStr(target ?? null);
  throw new InputError(`Invalid task name [wf_spec=ReverseWorkflowSpec ${pyRepr(spec.raw)}, task_name=${shown}]`);
}

function isReady(work: Work, name: string): boolean {
  const requires = work.draft.spec.tasks.get(name)?.requires ?? [];
  return requires.every((required) => work.draft.tasksNamed(required).some((task) => task.state === 'SUCCESS'));
}

/** The target and everything it requires, requirements first. */
function requiredFor(spec: WorkflowSpec, target: string): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const required of spec.tasks.get(name)?.requires ?? []) visit(required);
    order.push(name);
  };
  visit(target);
  return order;
}
