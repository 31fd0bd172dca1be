import { dictGet, dictSize, isDict, pythonRepr, toDict, type Dict } from '../shared/index.js';
import { checkExpressions, type LanguageOptions } from './check-expressions.js';
import { DslParseError, InvalidModelError, type DefinitionPath } from './errors.js';
import { checkGraph, inboundOf, startTasksOf } from './graph.js';
import { parseInput } from './input.js';
import { dictAt, plainAt, textAt, textsAt, toPlain, VERSION, withMembers, namedMembers } from './raw.js';
import { validateSchema, WORKFLOW } from './schema/index.js';
import type { TaskSpec, WorkflowSpec } from './spec.js';
import { buildTask, buildTaskDefaults, checkTask, checkTaskDefaults } from './task.js';
import { checkValueSchemas } from './value-schemas.js';

const UUID = /^(?:urn:|uuid:|[{}-])*[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}[{}]*$/i;

/**
 * Builds a workflow from the dict that was stored for it, without checking it again.
 * @param raw  with name and version, tasks with name, version and type
 */
export function workflowFromRaw(raw: Dict): WorkflowSpec {
  const type = dictGet(raw, 'type') === 'reverse' ? 'reverse' : 'direct';
  const defaults = buildTaskDefaults(dictAt(raw, 'task-defaults'));
  const tasks = new Map<string, TaskSpec>();
  for (const [name, task] of namedMembers(dictAt(raw, 'tasks') ?? {})) {
    if (isDict(task)) tasks.set(name, buildTask(name, task, type, defaults));
  }
  const inbound = type === 'direct' ? inboundOf(tasks) : new Map<string, readonly string[]>();
  return {
    name: textAt(raw, 'name') ?? '',
    type,
    description: dictGet(raw, 'description'),
    tags: textsAt(raw, 'tags'),
    input: parseInput(dictGet(raw, 'input')),
    inputSchema: plainAt(raw, 'input-schema'),
    outputSchema: plainAt(raw, 'output-schema'),
    output: dictGet(raw, 'output'),
    outputOnError: dictGet(raw, 'output-on-error'),
    vars: plainAt(raw, 'vars'),
    timeout: dictGet(raw, 'timeout'),
    tasks,
    startTasks: type === 'direct' ? startTasksOf(tasks, inbound) : [],
    inbound,
    raw: toPlain(raw),
  };
}

/**
 * Checks a workflow of a definition's text and builds it.
 * @throws {InvalidModelError} or {DslParseError} with the path of what is wrong
 */
export function parseWorkflow(name: string, data: Dict, options: LanguageOptions, path: DefinitionPath): WorkflowSpec {
  const named = withMembers(data, { name, version: VERSION });
  checkType(named, path);
  checkAttributes(named, options, path);
  const raw = withTypedTasks(named);
  for (const [task, body] of namedMembers(dictAt(raw, 'tasks') ?? {})) {
    if (isDict(body)) checkTask(task, body, options, [...path, 'tasks', task]);
  }
  checkDefaults(raw, path);
  const spec = workflowFromRaw(raw);
  checkName(spec.name, path);
  checkValueSchemas(spec, path);
  checkGraph(spec, path);
  return spec;
}

function checkType(data: Dict, path: DefinitionPath): void {
  const type = dictGet(data, 'type') ?? (isTypeWritten(data) ? null : 'direct');
  if (type === 'direct' || type === 'reverse') return;
  const cls = "<class 'mistral.lang.v2.workflows.WorkflowSpec'>";
  const problem = `Failed to find a specification class to instantiate [spec_cls=${cls}, data=${pythonRepr(data)}]`;
  throw new DslParseError(problem, [...path, 'type']);
}

function isTypeWritten(data: Dict): boolean {
  return dictGet(data, 'type') !== undefined;
}

function checkAttributes(data: Dict, options: LanguageOptions, path: DefinitionPath): void {
  validateSchema(data, WORKFLOW, path);
  refuseNamelessTasks(data, path);
  checkExpressions(dictGet(data, 'output'), options, [...path, 'output']);
  checkExpressions(dictGet(data, 'vars'), options, [...path, 'vars']);
  checkExpressions(dictGet(data, 'timeout'), options, [...path, 'timeout']);
  const defaults = dictAt(data, 'task-defaults');
  if (defaults !== undefined) checkTaskDefaults(defaults, options, [...path, 'task-defaults']);
}

function refuseNamelessTasks(data: Dict, path: DefinitionPath): void {
  for (const [name] of namedMembers(dictAt(data, 'tasks') ?? {})) {
    if (typeof name === 'string' && name !== '') continue;
    throw new InvalidModelError(`Invalid DSL: the task name ${pythonRepr(name)} is no text (put it in quotes)`, [
      ...path,
      'tasks',
    ]);
  }
}

function withTypedTasks(workflow: Dict): Dict {
  const type = dictGet(workflow, 'type') ?? 'direct';
  const tasks = namedMembers(dictAt(workflow, 'tasks') ?? {}).map(([name, task]) => {
    const members = { type, name: name, version: VERSION };
    return [name, isDict(task) ? withMembers(task, members) : task] as const;
  });
  return withMembers(workflow, { tasks: toDict(tasks) });
}

/** More transitions or requirements than this, which defaults give to every task, no workflow could keep in memory. */
const MOST_BY_DEFAULT = 1_000_000;

function checkDefaults(raw: Dict, path: DefinitionPath): void {
  const { on, requires } = buildTaskDefaults(dictAt(raw, 'task-defaults'));
  const perTask = Object.values(on).reduce((sum, { next }) => sum + next.length, requires.length);
  const tasks = dictSize(dictAt(raw, 'tasks') ?? {});
  if (perTask * tasks <= MOST_BY_DEFAULT) return;
  const problem = `task-defaults give ${tasks} tasks ${perTask} targets each, and ${MOST_BY_DEFAULT} for all tasks together is the most`;
  throw new InvalidModelError(`Invalid DSL: ${problem}`, [...path, 'task-defaults']);
}

function checkName(name: string, path: DefinitionPath): void {
  if (UUID.test(name)) throw new InvalidModelError('Workflow name cannot be in the format of UUID.', path);
}
