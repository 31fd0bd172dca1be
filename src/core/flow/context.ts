import { dictEntries, isDict, type Json, type JsonObject, jsonEquals, mergeDicts } from '../shared/index.js';
import type { Context, MergeStrategy, TaskContext } from './context-types.js';
import type { Draft } from './draft.js';
import type { FlowReader } from './flow.js';
import type { TaskRow } from './rows.js';
import { isFinal } from './states.js';

export const EMPTY_CONTEXT: Context = { values: {}, versions: new Map() };

interface Trigger {
  readonly task_id: string;
  readonly event: string;
}

/** Task executions that triggered this one, as stored in its runtime context. */
export function triggersOf(task: TaskRow): readonly Trigger[] {
  return (task.runtimeContext['triggered_by'] ?? []) as unknown as readonly Trigger[];
}

/**
 * The variables a task starts with: those of the task that triggered it and what that one published; where a join or
 * `requires` brings several branches together, their merge by version (section 3.6 of the engine's contract).
 */
export function inboundContext(draft: Draft, task: TaskRow, strategy: MergeStrategy): Context {
  const sources = sourcesOf(draft, task).map((source) => outboundContext(draft, source, strategy));
  const known = draft.contexts.get(task.id) ?? draft.base.contexts.get(task.id);
  if (known !== undefined && isSameList(known.sources, sources)) return known.inbound;
  return remember(draft, task, sources, mergeContexts(sources), strategy).inbound;
}

/** The inbound context with what the task has published. */
export function outboundContext(draft: Draft, task: TaskRow, strategy: MergeStrategy): Context {
  for (const earlier of unknownAncestors(draft, task)) inboundContext(draft, earlier, strategy);
  const inbound = inboundContext(draft, task, strategy);
  const known = draft.contexts.get(task.id) ?? draft.base.contexts.get(task.id);
  if (known !== undefined && known.inbound === inbound && known.published === task.published) return known.outbound;
  return remember(draft, task, known?.sources ?? [], inbound, strategy).outbound;
}

/** Variables after a publish; `replace` sets whole values, `merge` goes into dicts. */
export function publishInto(context: Context, published: JsonObject | null, strategy: MergeStrategy): Context {
  if (published === null || Object.keys(published).length === 0) return context;
  const values =
    strategy === 'merge' ? (mergeDicts(context.values, published) as JsonObject) : { ...context.values, ...published };
  const versions = new Map(context.versions);
  for (const path of leafPaths(published, '')) versions.set(path, (versions.get(path) ?? 0) + 1);
  return { values, versions };
}

/** Merge of the contexts of several branches, given in order of creation; on equal versions the last branch wins. */
export function mergeContexts(contexts: readonly Context[]): Context {
  const last = contexts.at(-1);
  if (last === undefined) return EMPTY_CONTEXT;
  return contexts.slice(0, -1).reduceRight(mergeTwo, last);
}

function mergeTwo(left: Context, right: Context): Context {
  if (left === right || left.values === right.values) return left;
  const values = mergeValues(left.values, right.values, '', left.versions, right.versions) as JsonObject;
  if (left.versions === right.versions) return { values, versions: left.versions };
  const versions = new Map(left.versions);
  for (const [path, version] of right.versions) if (version > (versions.get(path) ?? 0)) versions.set(path, version);
  return { values, versions };
}

function mergeValues(
  left: JsonObject,
  right: JsonObject,
  prefix: string,
  leftVersions: ReadonlyMap<string, number>,
  rightVersions: ReadonlyMap<string, number>,
): Json {
  const merged: Record<string, Json> = { ...left };
  for (const [key, theirs] of dictEntries(right) as Iterable<[string, Json]>) {
    const ours = left[key];
    if (ours === theirs && ours !== undefined) continue;
    if (!Object.hasOwn(left, key) || ours === undefined) merged[key] = theirs;
    else if (isPlain(ours) && isPlain(theirs))
      merged[key] = mergeValues(ours, theirs, `${prefix}${key}.`, leftVersions, rightVersions);
    else if (
      !jsonEquals(ours, theirs) &&
      versionOf(rightVersions, prefix + key) > versionOf(leftVersions, prefix + key)
    )
      merged[key] = theirs;
  }
  return merged;
}

function versionOf(versions: ReadonlyMap<string, number>, path: string): number {
  return versions.get(path) ?? 0;
}

function isPlain(value: Json): value is JsonObject {
  return isDict(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function* leafPaths(value: JsonObject, prefix: string): Iterable<string> {
  for (const [key, item] of Object.entries(value)) {
    if (isPlain(item)) yield* leafPaths(item, `${prefix}${key}.`);
    else yield prefix + key;
  }
}

function isSameList(a: readonly Context[], b: readonly Context[]): boolean {
  return a.length === b.length && a.every((context, index) => context === b[index]);
}

function remember(
  draft: Draft,
  task: TaskRow,
  sources: readonly Context[],
  inbound: Context,
  strategy: MergeStrategy,
): TaskContext {
  const outbound = publishInto(inbound, task.published, strategy);
  const made: TaskContext = { sources, inbound, published: task.published, outbound };
  draft.contexts.set(task.id, made);
  return made;
}

/** Finished tasks whose variables flow into this one, oldest first. */
export function sourcesOf(flow: FlowReader, task: TaskRow): readonly TaskRow[] {
  if (flow.spec.type === 'reverse') return requiredOf(flow, task);
  const spec = flow.spec.tasks.get(task.name);
  if (spec?.join === undefined)
    return triggersOf(task)
      .slice(0, 1)
      .flatMap((trigger) => flow.task(trigger.task_id) ?? []);
  const names = flow.spec.inbound.get(task.name) ?? [];
  const inbound = names.flatMap((name) => flow.tasksNamed(name)).filter((source) => leadsTo(source, task.name));
  return inbound.sort((a, b) => a.createdAt - b.createdAt);
}

/** Whether a finished task has this one among its next tasks. */
export function leadsTo(source: TaskRow, name: string): boolean {
  return isFinal(source.state) && (source.nextTasks ?? []).some(([next]) => next === name);
}

function requiredOf(flow: FlowReader, task: TaskRow): readonly TaskRow[] {
  const names = flow.spec.tasks.get(task.name)?.requires ?? [];
  const rows = names.flatMap((name) => flow.tasksNamed(name).filter((row) => row.state === 'SUCCESS'));
  return rows.sort((a, b) => a.createdAt - b.createdAt);
}

/** Ancestors along single triggers whose context is not known yet, the earliest first: no deep recursion on long chains. */
function unknownAncestors(draft: Draft, task: TaskRow): readonly TaskRow[] {
  const found: TaskRow[] = [];
  let current: TaskRow | undefined = task;
  while (current !== undefined) {
    const sources: readonly TaskRow[] = sourcesOf(draft, current);
    const source: TaskRow | undefined = sources.length === 1 ? sources[0] : undefined;
    if (source === undefined || draft.contexts.has(source.id) || draft.base.contexts.has(source.id)) break;
    found.push(source);
    current = source;
  }
  return found.reverse();
}
