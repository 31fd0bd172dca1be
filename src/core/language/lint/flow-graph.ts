import { dictGet, isDict, type Json } from '../../shared/index.js';
import type { DefinitionPath } from '../errors.js';
import { ON_CLAUSE_NAMES } from '../on-clause.js';
import { namedMembers } from '../raw.js';
import type { OnClauseName, TaskSpec, WorkflowSpec } from '../spec.js';

/** A transition with its place in the definition. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly clause: OnClauseName;
  readonly guard: string | undefined;
  readonly path: DefinitionPath;
  /** The command that stands before it in the clause and ends the workflow, so that it is never taken. */
  readonly cutBy: string | undefined;
}

/** A direct workflow as edges. */
export interface FlowGraph {
  readonly edges: readonly Edge[];
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
}

/** Reads all transitions; `path` is that of the workflow. */
export function flowGraph(workflow: WorkflowSpec, path: DefinitionPath): FlowGraph {
  const outgoing = new Map<string, readonly Edge[]>();
  for (const task of workflow.tasks.values()) {
    outgoing.set(
      task.name,
      ON_CLAUSE_NAMES.flatMap((clause) => clauseEdges(workflow, task, clause, path)),
    );
  }
  const edges = [...outgoing.values()].flat();
  return { edges, outgoing, incoming: byTarget(edges) };
}

function byTarget(edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  const incoming = new Map<string, Edge[]>();
  for (const edge of edges) {
    const known = incoming.get(edge.to);
    if (known === undefined) incoming.set(edge.to, [edge]);
    else known.push(edge);
  }
  return incoming;
}

/** Names reached from some tasks over the edges that may be taken, themselves included. */
export function reachableFrom(
  graph: FlowGraph,
  starts: Iterable<string>,
  isOpen: (edge: Edge) => boolean = () => true,
): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const name of reached) {
    for (const edge of graph.outgoing.get(name) ?? [])
      if (edge.cutBy === undefined && isOpen(edge)) reached.add(edge.to);
  }
  return reached;
}

function clauseEdges(
  workflow: WorkflowSpec,
  task: TaskSpec,
  clause: OnClauseName,
  path: DefinitionPath,
): readonly Edge[] {
  const next = task.on[clause]?.next ?? [];
  const own = [...path, 'tasks', task.name, clause];
  const places = targetPaths(task.raw[clause]);
  const isOwn = places.length === next.length;
  const fallback = isDict(workflow.raw['task-defaults'] ?? null) ? [...path, 'task-defaults', clause] : own;
  let cutBy: string | undefined;
  return next.map(({ target, guard }, index) => {
    const edge: Edge = {
      from: task.name,
      to: target,
      clause,
      guard,
      path: isOwn ? [...own, ...(places[index] ?? [])] : fallback,
      cutBy,
    };
    if (guard === undefined && (target === 'fail' || target === 'succeed')) cutBy ??= target;
    return edge;
  });
}

/** Places of the targets of a clause as it is written, in order. */
function targetPaths(value: Json | undefined): readonly DefinitionPath[] {
  if (typeof value === 'string') return [[]];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) => targetPaths(item).map((rest) => [index, ...rest]));
  }
  if (!isDict(value)) return [];
  const members = namedMembers(value);
  const next = dictGet(value, 'next');
  const isAdvanced = members.every(([key]) => key === 'next' || key === 'publish');
  if (!isAdvanced) return members.map(([key]) => [key]);
  return targetPaths(next).map((rest) => ['next', ...rest]);
}
