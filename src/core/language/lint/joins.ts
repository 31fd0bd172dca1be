import type { DefinitionPath } from '../errors.js';
import type { OnClauseName, TaskSpec, WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';
import { reachableFrom, type Edge, type FlowGraph } from './flow-graph.js';
import { list } from './reachability.js';

/** What a task may end in, with the clauses that are taken then. */
const OUTCOMES: readonly (readonly OnClauseName[])[] = [
  ['on-success', 'on-complete'],
  ['on-error', 'on-complete'],
  ['on-skip'],
];

/** Branches are not compared in larger workflows, because each pair of outcomes takes a walk over all transitions. */
const MOST_TASKS = 1_000;
const MOST_STEPS = 20_000_000;

/** Joins that wait for tasks which are never reached, or for branches of which only one is ever taken. */
export function checkJoins(workflow: WorkflowSpec, graph: FlowGraph, path: DefinitionPath): readonly Finding[] {
  const joins = [...workflow.tasks.values()].filter(({ join }) => join !== undefined);
  const reached = reachableFrom(graph, workflow.startTasks);
  const findings = new Map<string, Finding>();
  for (const join of joins) {
    const ready = triggersOf(graph, join.name, reached);
    const missing = (workflow.inbound.get(join.name) ?? []).filter((name) => !ready.has(name));
    if (sourceCount(workflow, join) - missing.length >= needed(workflow, join)) continue;
    findings.set(join.name, report(join, path, `${list(missing)} can never trigger it`));
  }
  const { size } = workflow.tasks;
  if (joins.length > findings.size && size <= MOST_TASKS && size * graph.edges.length <= MOST_STEPS) {
    for (const branch of branchTasks(graph, reached)) {
      for (const join of starvedJoins(workflow, graph, joins, branch)) {
        const why = `no end of task '${branch}' leads to all that it waits for`;
        if (reached.has(join.name) && !findings.has(join.name)) findings.set(join.name, report(join, path, why));
      }
    }
  }
  return [...findings.values()];
}

function report(join: TaskSpec, path: DefinitionPath, why: string): Finding {
  return finding(
    'join-never-fires',
    [...path, 'tasks', join.name, 'join'],
    `the join of '${join.name}' can never fire: ${why}`,
  );
}

/** Tasks that go different ways after success and after an error, and that run once. */
function branchTasks(graph: FlowGraph, reached: ReadonlySet<string>): readonly string[] {
  return [...reached].filter((name) => {
    const edges = graph.outgoing.get(name) ?? [];
    if (new Set(edges.map(({ clause }) => clause)).size < 2) return false;
    return !reachableFrom(
      graph,
      edges.map(({ to }) => to),
    ).has(name);
  });
}

/** Joins that have too few sources whichever way the task ends. */
function starvedJoins(
  workflow: WorkflowSpec,
  graph: FlowGraph,
  joins: readonly TaskSpec[],
  branch: string,
): readonly TaskSpec[] {
  const runs = OUTCOMES.map((clauses) => {
    const isOpen = (edge: Edge): boolean => edge.from !== branch || clauses.includes(edge.clause);
    return { isOpen, reached: reachableFrom(graph, workflow.startTasks, isOpen) };
  });
  return joins.filter((join) =>
    runs.every(({ isOpen, reached }) => triggersOf(graph, join.name, reached, isOpen).size < needed(workflow, join)),
  );
}

/** Tasks that are reached and lead to a join on a way that may be taken. */
function triggersOf(
  graph: FlowGraph,
  join: string,
  reached: ReadonlySet<string>,
  isOpen: (edge: Edge) => boolean = () => true,
): ReadonlySet<string> {
  const edges = graph.incoming.get(join) ?? [];
  const open = edges.filter((edge) => reached.has(edge.from) && edge.cutBy === undefined && isOpen(edge));
  return new Set(open.map(({ from }) => from));
}

function sourceCount(workflow: WorkflowSpec, join: TaskSpec): number {
  return workflow.inbound.get(join.name)?.length ?? 0;
}

function needed(workflow: WorkflowSpec, { name, join }: TaskSpec): number {
  return typeof join === 'number' ? join : (workflow.inbound.get(name)?.length ?? 0);
}
