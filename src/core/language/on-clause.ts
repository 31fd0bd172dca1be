import { dictGet, dictKeys, isDict, type Dict, type Json } from '../shared/index.js';
import { parseCall } from './call.js';
import { checkExpressions, type LanguageOptions } from './check-expressions.js';
import { InvalidModelError, type DefinitionPath } from './errors.js';
import { plainAt, namedMembers } from './raw.js';
import { EXPRESSION, ON_CLAUSE_PUBLISH, TARGET, validateSchema } from './schema/index.js';
import type { OnClauseName, OnClauseSpec, PublishSpec, TransitionSpec } from './spec.js';

export const ON_CLAUSE_NAMES: readonly OnClauseName[] = ['on-success', 'on-error', 'on-complete', 'on-skip'];

/** On-clauses of a task or of the task-defaults; only those that are written. */
export type OnClauses = Readonly<Partial<Record<OnClauseName, OnClauseSpec>>>;

/** Reads the on-clauses an owner has, in any of their forms. */
export function buildOnClauses(owner: Dict): OnClauses {
  const clauses: Partial<Record<OnClauseName, OnClauseSpec>> = {};
  for (const name of ON_CLAUSE_NAMES) {
    const value = dictGet(owner, name);
    if (value !== undefined) clauses[name] = buildOnClause(value);
  }
  return clauses;
}

/**
 * The own clauses, with the targets of the defaults where an own clause has none; a task is no default target of itself,
 * and what a default clause publishes is not taken.
 */
export function mergeOnClauses(own: OnClauses, defaults: OnClauses, taskName: string): OnClauses {
  const merged: Partial<Record<OnClauseName, OnClauseSpec>> = { ...own };
  for (const name of ON_CLAUSE_NAMES) {
    const fallback = defaults[name];
    if (fallback === undefined || (own[name]?.next.length ?? 0) > 0) continue;
    merged[name] = { ...own[name], next: fallback.next.filter(({ target }) => target !== taskName) };
  }
  return merged;
}

/** Checks the on-clauses an owner has: forms, guards and what they publish. */
export function checkOnClauses(owner: Dict, options: LanguageOptions, path: DefinitionPath): void {
  for (const name of ON_CLAUSE_NAMES) {
    const value = dictGet(owner, name);
    if (value !== undefined) checkOnClause(value, options, [...path, name]);
  }
}

function checkOnClause(value: Json, options: LanguageOptions, path: DefinitionPath): void {
  if (isAdvanced(value)) {
    const publish = dictGet(value, 'publish');
    if (publish !== undefined) checkPublish(publish, options, [...path, 'publish']);
    checkTargets(dictGet(value, 'next'), options, [...path, 'next']);
  } else {
    checkTargets(value, options, path);
  }
}

function checkPublish(publish: Json, options: LanguageOptions, path: DefinitionPath): void {
  validateSchema(publish, ON_CLAUSE_PUBLISH, path);
  if (!isDict(publish)) return;
  if (namedMembers(publish).length === 0) {
    throw new InvalidModelError("Either 'branch', 'global' or 'atomic' must be specified: ", path);
  }
  for (const [scope, variables] of namedMembers(publish)) checkExpressions(variables, options, [...path, scope]);
}

/** Any key must be a target and its guard an expression; the schema sees only the guards of keys that look like targets. */
function checkTargets(next: Json | undefined, options: LanguageOptions, path: DefinitionPath): void {
  const entries = Array.isArray(next) ? (next as readonly Json[]) : [next ?? null];
  entries.forEach((entry, index) => {
    if (!isDict(entry)) return;
    const place = Array.isArray(next) ? [...path, index] : path;
    for (const [target, guard] of namedMembers(entry)) {
      validateSchema(guard, EXPRESSION, [...place, target]);
      validateSchema(target, TARGET, [...place, target]);
      checkExpressions(guard, options, [...place, target]);
    }
  });
}

function buildOnClause(value: Json): OnClauseSpec {
  if (!isAdvanced(value)) return { next: buildTargets(value) };
  const publish = dictGet(value, 'publish');
  const next = buildTargets(dictGet(value, 'next') ?? []);
  return isDict(publish) ? { next, publish: buildPublish(publish) } : { next };
}

/** `{publish: …, next: …}`, not targets of that name with guards. */
function isAdvanced(value: Json): value is Dict {
  if (!isDict(value)) return false;
  const keys = dictKeys(value);
  return (
    keys.length > 0 && keys.every((key) => key === 'publish' || key === 'next') && !looksGuarded(dictGet(value, 'next'))
  );
}

function looksGuarded(next: Json | undefined): boolean {
  return typeof next === 'string' && /^(?:<%|\{\{)/.test(next);
}

function buildPublish(publish: Dict): PublishSpec {
  return { branch: plainAt(publish, 'branch'), global: plainAt(publish, 'global') };
}

function buildTargets(next: Json): readonly TransitionSpec[] {
  if (typeof next === 'string') return [buildTransition(next, undefined)];
  if (Array.isArray(next)) return (next as readonly Json[]).flatMap(buildTargets);
  if (!isDict(next)) return [];
  return namedMembers(next).map(([target, guard]) => buildTransition(target, guard));
}

function buildTransition(text: string, guard: Json | undefined): TransitionSpec {
  const { name, params } = parseCall(text);
  return typeof guard === 'string' ? { target: name, guard, params } : { target: name, params };
}
