import type { Work } from './work.js';

/** Why no further sub-workflow may be started here, in one sentence; otherwise room for it has been taken. */
export function treeRoomProblem(work: Work, workflowName: string): string | undefined {
  const { tree } = work.scope;
  if (tree === undefined) return undefined;
  const { id, depth, rootExecutionId } = work.draft.execution;
  const start = `Failed to start sub-workflow [name=${workflowName}]`;
  if (depth >= tree.maxDepth)
    return `${start}: it would be ${depth + 1} levels below its root execution, and MAX_EXECUTION_DEPTH allows ${tree.maxDepth}.`;
  if (tree.takeRoom(rootExecutionId ?? id)) return undefined;
  return `${start}: its root execution has as many executions below it as MAX_EXECUTION_TREE_SIZE allows, ${tree.maxSize}.`;
}
