import { mapWanting } from '../expressions/index.js';
import type { PublishSpec, TaskSpec } from '../language/index.js';
import { type Json, type JsonObject, mergeDicts } from '../shared/index.js';
import { evaluateData, publishScope } from './evaluation.js';
import { assertSize } from './field-size.js';
import type { TaskRow } from './rows.js';
import { setTask, type Work } from './work.js';

type Outcome = 'SUCCESS' | 'ERROR' | 'SKIPPED';

const CLAUSE = { SUCCESS: 'on-success', ERROR: 'on-error', SKIPPED: 'on-skip' } as const;

/**
 * Publishes what the task's state asks for. All expressions see the data from before the publish. Of one name, as in the
 * original, on-complete's value wins over the task's own, and that over the one of on-success, on-error or on-skip.
 * @throws EvaluationError
 */
export function publishVariables(work: Work, task: TaskRow, outcome: Outcome): TaskRow {
  const spec = work.draft.spec.tasks.get(task.name);
  const parts = spec === undefined ? [] : publishSpecs(spec, outcome);
  if (parts.length === 0) return task;
  const scope = publishScope(work.draft, work.scope, task);
  const branch = evaluated(parts, 'branch', scope);
  const globals = evaluated(parts, 'global', scope);
  if (branch !== undefined) assertSize(work, 'published', branch);
  if (globals !== undefined) writeGlobals(work, globals);
  return setTask(work, task, {
    published: branch ?? task.published,
    publishedGlobal: globals ?? task.publishedGlobal,
  });
}

/** Weakest first. */
function publishSpecs(spec: TaskSpec, outcome: Outcome): readonly PublishSpec[] {
  const own = { SUCCESS: spec.publish, ERROR: spec.publishOnError, SKIPPED: spec.publishOnSkip }[outcome];
  return [
    spec.on[CLAUSE[outcome]]?.publish,
    own === undefined ? undefined : { branch: own },
    outcome === 'SKIPPED' ? undefined : spec.on['on-complete']?.publish,
  ].filter((part) => part !== undefined);
}

/** What is written for one name as dicts is merged before it is evaluated. */
function evaluated(
  parts: readonly PublishSpec[],
  kind: keyof PublishSpec,
  scope: Parameters<typeof evaluateData>[1],
): JsonObject | undefined {
  const written = parts.map((part) => part[kind]).filter((part) => part !== undefined);
  if (written.length === 0) return undefined;
  const merged = written.reduce((weaker, stronger) => mergeDicts(weaker, stronger) as JsonObject);
  const evaluate = ([name, value]: readonly [string, Json]): [string, Json] => [name, evaluateData(value, scope)];
  return Object.fromEntries(mapWanting(Object.entries(merged), evaluate));
}

function writeGlobals(work: Work, globals: JsonObject): void {
  const context = mergeDicts(work.draft.execution.context, globals) as JsonObject;
  work.draft.setExecution({ context });
}
