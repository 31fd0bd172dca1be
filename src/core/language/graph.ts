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
  for (const name of workflow.tasks.keys()) {
    const cycle = findCycle(name, workflow.tasks, done);
    if (cycle === undefined) continue;
    throw new InvalidModelError(`Tasks require each other: ${cycle.join(' -> ')}`, [
      ...path,
      cycle[0] ?? name,
      'requires',
    ]);
  }
}

/** Walks what a task requires, without recursion because chains may be long; notes the tasks that are in no cycle. */
function findCycle(start: string, tasks: Tasks, done: Set<string>): readonly string[] | undefined {
  const trail: { readonly name: string; readonly required: Iterator<string> }[] = [];
  const onTrail = new Set<string>();
  let current: string | undefined = start;
  while (current !== undefined || trail.length > 0) {
    if (current !== undefined && onTrail.has(current)) {
      const names = trail.map(({ name }) => name);
      return [...names.slice(names.indexOf(current)), current];
    }
    if (current !== undefined && !done.has(current)) {
      trail.push({ name: current, required: (tasks.get(current)?.requires ?? []).values() });
      onTrail.add(current);
    }
    const next = trail.at(-1)?.required.next();
    current = next?.done === true ? undefined : next?.value;
    if (next?.done === true) leave(trail.pop()?.name ?? start, onTrail, done);
  }
  return undefined;
}

function leave(name: string, onTrail: Set<string>, done: Set<string>): void {
  onTrail.delete(name);
  done.add(name);
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
