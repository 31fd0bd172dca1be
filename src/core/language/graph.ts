import { DslParseError, InvalidModelError, type DefinitionPath } from './errors.js';
import { ON_CLAUSE_NAMES } from './on-clause.js';
import type { TaskSpec, WorkflowSpec } from './spec.js';

type Tasks = ReadonlyMap<string, TaskSpec>;

/** Targets that are commands to the engine, whatever tasks there are. */
export const ENGINE_COMMANDS: ReadonlySet<string> = new Set(['noop', 'fail', 'succeed', 'pause']);

/** For each task the tasks that lead to it by any on-clause, each once, in order of the text. */
export function inboundOf(tasks: Tasks): ReadonlyMap<string, readonly string[]> {
  const inbound = new Map<string, string[]>();
  for (const task of tasks.values()) {
    for (const target of outboundOf(task)) {
      const sources = inbound.get(target);
      if (sources === undefined) inbound.set(target, [task.name]);
      else sources.push(task.name);
    }
  }
  return inbound;
}

/** Targets of all on-clauses, each once. */
export function outboundOf(task: TaskSpec): ReadonlySet<string> {
  return new Set(ON_CLAUSE_NAMES.flatMap((name) => task.on[name]?.next.map(({ target }) => target) ?? []));
}

/** Tasks that nothing leads to. */
export function startTasksOf(tasks: Tasks, inbound: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...tasks.keys()].filter((name) => !inbound.has(name));
}

/**
 * Checks what only the whole shows: start tasks, targets, joins, requirements.
 * @throws {DslParseError} without a start task
 * @throws {InvalidModelError} for unknown targets and joins that can't be met
 */
export function checkGraph(workflow: WorkflowSpec, path: DefinitionPath): void {
  const tasksPath = [...path, 'tasks'];
  if (workflow.type === 'reverse') {
    checkRequires(workflow, tasksPath);
    return;
  }
  if (workflow.startTasks.length === 0) {
    const rule = 'There must be at least one task without inbound transition.';
    const problem = `Failed to find start tasks in direct workflow. ${rule}[workflow_name=${workflow.name}]`;
    throw new DslParseError(problem, tasksPath);
  }
  checkTargets(workflow, tasksPath);
  checkJoins(workflow, tasksPath);
}

function checkRequires(workflow: WorkflowSpec, path: DefinitionPath): void {
  for (const task of workflow.tasks.values()) {
    const missing = task.requires.find((name) => !workflow.tasks.has(name));
    if (missing !== undefined)
      throw new InvalidModelError(`Task '${missing}' not found.`, [...path, task.name, 'requires']);
  }
  checkCycles(workflow, path);
}

/** A cycle could never run; Mistral lets it pass and such an execution ends without having run a task. */
function checkCycles(workflow: WorkflowSpec, path: DefinitionPath): void {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (done.has(name)) return;
    if (trail.includes(name)) {
      const cycle = [...trail.slice(trail.indexOf(name)), name].join(' -> ');
      throw new InvalidModelError(`Tasks require each other: ${cycle}`, [...path, name, 'requires']);
    }
    for (const required of workflow.tasks.get(name)?.requires ?? []) visit(required, [...trail, name]);
    done.add(name);
  };
  for (const name of workflow.tasks.keys()) visit(name, []);
}

function checkTargets(workflow: WorkflowSpec, path: DefinitionPath): void {
  for (const task of workflow.tasks.values()) {
    for (const clause of ON_CLAUSE_NAMES) {
      const missing = task.on[clause]?.next.find(
        ({ target }) => !workflow.tasks.has(target) && !ENGINE_COMMANDS.has(target),
      );
      if (missing !== undefined)
        throw new InvalidModelError(`Task '${missing.target}' not found.`, [...path, task.name, clause]);
    }
  }
}

function checkJoins(workflow: WorkflowSpec, path: DefinitionPath): void {
  const problems: { readonly text: string; readonly task: string }[] = [];
  for (const { name, join } of workflow.tasks.values()) {
    const count = workflow.inbound.get(name)?.length ?? 0;
    if (join === 'all') {
      if (count === 0)
        problems.push({ task: name, text: `No inbound tasks for task with 'join: all' [task_name=${name}]` });
    } else if (join !== undefined && join > count) {
      const text = `Not enough inbound tasks for task with 'join' [task_name=${name}, join=${join}, inbound_tasks=${count}]`;
      problems.push({ task: name, text });
    }
  }
  const [first] = problems;
  if (first === undefined) return;
  throw new InvalidModelError(problems.map(({ text }) => text).join('\n'), [...path, first.task, 'join']);
}
