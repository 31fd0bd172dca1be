import { dictGet, type Dict } from '../shared/index.js';
import { parseCall } from './call.js';
import { checkExpressions, type LanguageOptions } from './check-expressions.js';
import { InvalidModelError, type DefinitionPath } from './errors.js';
import { buildOnClauses, checkOnClauses, mergeOnClauses, type OnClauses } from './on-clause.js';
import { buildPolicies, checkPolicies, mergePolicies } from './policies.js';
import { isTruthy, plainAt, textAt, textsAt, toPlain } from './raw.js';
import { DIRECT_TASK, REVERSE_TASK, TASK_DEFAULTS, validateSchema } from './schema/index.js';
import type { CallSpec, JoinSpec, PoliciesSpec, TaskSpec, WorkflowSpec } from './spec.js';
import { parseWithItems, withItemsTexts } from './with-items.js';

/** What tasks take over where they say nothing themselves. */
export interface TaskDefaults {
  readonly policies: PoliciesSpec;
  readonly on: OnClauses;
  readonly requires: readonly string[];
  readonly safeRerun: boolean;
}

const LONGEST_NAME = 255;
/** The unique key of a join is `join-task-<36 characters>-<name>`. */
const LONGEST_JOIN_NAME = 208;

/** Reads `task-defaults`, absent or not. */
export function buildTaskDefaults(defaults: Dict = {}): TaskDefaults {
  return {
    policies: buildPolicies(defaults),
    on: buildOnClauses(defaults),
    requires: textsAt(defaults, 'requires'),
    safeRerun: isTruthy(dictGet(defaults, 'safe-rerun')),
  };
}

/** Builds a task from its stored dict. */
export function buildTask(name: string, raw: Dict, type: WorkflowSpec['type'], defaults: TaskDefaults): TaskSpec {
  const input = dictGet(raw, 'input');
  const requires = [...new Set([...textsAt(raw, 'requires'), ...defaults.requires])];
  const isDirect = type === 'direct';
  return {
    name,
    tags: textsAt(raw, 'tags'),
    action: callAt(raw, 'action'),
    workflow: callAt(raw, 'workflow'),
    input: typeof input === 'string' ? input : plainAt(raw, 'input'),
    withItems: parseWithItems(raw, []),
    publish: plainAt(raw, 'publish'),
    publishOnError: plainAt(raw, 'publish-on-error'),
    publishOnSkip: plainAt(raw, 'publish-on-skip'),
    policies: mergePolicies(buildPolicies(raw), defaults.policies),
    keepResult: dictGet(raw, 'keep-result') ?? true,
    safeRerun: dictGet(raw, 'safe-rerun') === undefined ? defaults.safeRerun : isTruthy(dictGet(raw, 'safe-rerun')),
    target: textAt(raw, 'target'),
    on: isDirect ? mergeOnClauses(buildOnClauses(raw), defaults.on, name) : {},
    join: isDirect ? joinOf(raw) : undefined,
    requires: isDirect ? [] : requires.filter((required) => required !== name),
    raw: toPlain(raw),
  };
}

/** Checks `task-defaults`. */
export function checkTaskDefaults(defaults: Dict, options: LanguageOptions, path: DefinitionPath): void {
  validateSchema(defaults, TASK_DEFAULTS, path);
  checkPolicies(defaults, options, path);
  checkOnClauses(defaults, options, path);
  checkExpressions(dictGet(defaults, 'safe-rerun'), options, path);
}

/** Checks a task with name, version and type set. */
export function checkTask(name: string, task: Dict, options: LanguageOptions, path: DefinitionPath): void {
  const isReverse = dictGet(task, 'type') === 'reverse';
  validateSchema(task, isReverse ? REVERSE_TASK : DIRECT_TASK, path);
  checkCall(name, task, options, path);
  for (const part of ['input', 'publish', 'publish-on-error', 'publish-on-skip', 'keep-result', 'safe-rerun']) {
    checkExpressions(dictGet(task, part), options, [...path, part]);
  }
  const withItems = [...path, 'with-items'];
  for (const { list } of withItemsTexts(task, withItems)) checkExpressions(list, options, withItems);
  parseWithItems(task, withItems);
  checkPolicies(task, options, path);
  if (!isReverse) checkOnClauses(task, options, path);
  checkNameLength(name, task, path);
}

function checkCall(name: string, task: Dict, options: LanguageOptions, path: DefinitionPath): void {
  const kind = textAt(task, 'action') === undefined ? 'workflow' : 'action';
  const text = textAt(task, kind);
  if (text === undefined) return;
  const { params } = parseCall(text, [...path, kind]);
  checkExpressions(params, options, [...path, kind]);
  if (typeof dictGet(task, 'input') !== 'string' || Object.keys(params).length === 0) return;
  const problem = `the parameters written behind the ${kind} can't be combined with an 'input' that is one expression`;
  throw new InvalidModelError(`Invalid DSL: task '${name}': ${problem}`, [...path, 'input']);
}

function checkNameLength(name: string, task: Dict, path: DefinitionPath): void {
  const { length } = Array.from(name);
  if (length > LONGEST_NAME) {
    throw new InvalidModelError(`The length of a '${name}' task name must not exceed ${LONGEST_NAME} symbols`, path);
  }
  if (length > LONGEST_JOIN_NAME && joinOf(task) !== undefined) {
    throw new InvalidModelError(
      `The length of a '${name}' join task name must not exceed ${LONGEST_JOIN_NAME} symbols`,
      path,
    );
  }
}

function callAt(raw: Dict, name: string): CallSpec | undefined {
  const text = textAt(raw, name);
  return text === undefined ? undefined : parseCall(text);
}

/** `one` is 1; 0 means no join. */
function joinOf(raw: Dict): JoinSpec | undefined {
  const join = dictGet(raw, 'join');
  if (join === 'all') return 'all';
  if (join === 'one') return 1;
  return isTruthy(join) && typeof join !== 'string' && Number.isFinite(Number(join)) ? Number(join) : undefined;
}
