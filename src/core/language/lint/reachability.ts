import type { DefinitionPath } from '../errors.js';
import { ENGINE_COMMANDS } from '../graph.js';
import type { WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';
import { reachableFrom, type FlowGraph } from './flow-graph.js';

/** Tasks that no run gets to, targets behind a command that ends the workflow, and tasks named like a command. */
export function checkReachability(workflow: WorkflowSpec, graph: FlowGraph, path: DefinitionPath): readonly Finding[] {
  const reached = reachableFrom(graph, workflow.startTasks);
  const lost = [...workflow.tasks.keys()].filter((name) => !reached.has(name) && !ENGINE_COMMANDS.has(name));
  const cut = graph.edges.filter((edge) => edge.cutBy !== undefined);
  return [
    ...lost.map((name) => {
      const sources = workflow.inbound.get(name) ?? [];
      const message = `task '${name}' is never reached: only ${list(sources)} ${sources.length === 1 ? 'leads' : 'lead'} to it`;
      return finding('unreachable-task', [...path, 'tasks', name], message);
    }),
    ...cut.map((edge) => {
      const message = `'${edge.to}' never runs here: '${edge.cutBy ?? ''}' before it ends the workflow`;
      return finding('unreachable-task', edge.path, message, edge.to);
    }),
    ...hiddenTasks(workflow, graph, path),
  ];
}

function hiddenTasks(workflow: WorkflowSpec, graph: FlowGraph, path: DefinitionPath): readonly Finding[] {
  const targeted = new Set(graph.edges.map(({ to }) => to));
  return [...workflow.tasks.keys()]
    .filter((name) => ENGINE_COMMANDS.has(name) && targeted.has(name))
    .map((name) => {
      const message = `the target '${name}' runs the command of that name, never this task: rename the task`;
      return finding('hidden-task', [...path, 'tasks', name], message);
    });
}

/** How many names a message shows. */
const MOST_NAMES = 100;

/** `'a', 'b' and 'c'`; of very many only the first. */
export function list(names: readonly string[]): string {
  const quoted = names.slice(0, MOST_NAMES).map((name) => `'${name}'`);
  const others = names.length - quoted.length;
  if (others > 0) quoted.push(`${others} more`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
}
