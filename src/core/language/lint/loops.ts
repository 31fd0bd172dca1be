import type { WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';
import type { Edge, FlowGraph } from './flow-graph.js';
import { list } from './reachability.js';

/** Circles of transitions without a guard: one that repeats for ever, or one that repeats until something succeeds. */
export function checkLoops(workflow: WorkflowSpec, graph: FlowGraph): readonly Finding[] {
  const isFree = (edge: Edge): boolean =>
    edge.guard === undefined && edge.cutBy === undefined && workflow.tasks.has(edge.to);
  const findings: Finding[] = [];
  const circles = new Set<string>();
  for (const edge of closingEdges(workflow, graph, isFree)) {
    const names = edge.circle.map(({ from }) => from);
    const key = [...names].sort().join('\0');
    if (circles.has(key) || names.some((name) => workflow.tasks.get(name)?.join !== undefined)) continue;
    circles.add(key);
    findings.push(report(edge.circle, names));
  }
  return findings;
}

function report(circle: readonly Edge[], names: readonly string[]): Finding {
  const path = circle.at(-1)?.path ?? [];
  const who = names.length === 1 ? `task ${list(names)} leads` : `the tasks ${list(names)} lead`;
  if (circle.some(({ clause }) => clause === 'on-error')) {
    const message = `${who} back to ${names.length === 1 ? 'itself' : 'the start'} after each error without a guard: use 'retry', or it goes on as long as the error does`;
    return finding('endless-retry', path, message);
  }
  return finding(
    'endless-loop',
    path,
    `${who} in a circle without a guard and never ${names.length === 1 ? 'ends' : 'end'}`,
  );
}

interface Closing {
  readonly circle: readonly Edge[];
}

/** Tasks in all circles together, behind which no more circles are looked for. */
const MOST_STEPS = 200_000;

/** Edges of a depth-first walk that lead back to a task on the way, each with the way from there. */
function closingEdges(workflow: WorkflowSpec, graph: FlowGraph, isFree: (edge: Edge) => boolean): readonly Closing[] {
  const found: Closing[] = [];
  const visited = new Set<string>();
  const places = new Map<string, number>();
  let steps = 0;
  for (const start of workflow.tasks.keys()) {
    const way: { readonly name: string; readonly edges: Iterator<Edge>; taken?: Edge }[] = [];
    const enter = (name: string): void => {
      visited.add(name);
      places.set(name, way.length);
      way.push({ name, edges: (graph.outgoing.get(name) ?? []).filter(isFree).values() });
    };
    if (!visited.has(start)) enter(start);
    for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
      const next = step.edges.next();
      if (next.done === true) {
        places.delete(step.name);
        way.pop();
        continue;
      }
      const edge = next.value;
      step.taken = edge;
      const back = places.get(edge.to);
      if (back === undefined) {
        if (!visited.has(edge.to)) enter(edge.to);
        continue;
      }
      steps += way.length - back;
      if (steps > MOST_STEPS) return found;
      found.push({ circle: way.slice(back).flatMap(({ taken }) => taken ?? []) });
    }
  }
  return found;
}
