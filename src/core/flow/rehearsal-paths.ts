import type { Flow } from './flow.js';
import type { MemoryEngine } from './memory-engine.js';
import type { RehearsedTask } from './rehearsal-types.js';
import type { Instant, TaskRow } from './rows.js';
import { taskResult } from './task-data.js';

export interface PlacedTask {
  readonly path: string;
  readonly flow: Flow;
  readonly task: TaskRow;
}

/** `deploy/create_vm` for a task of the sub-workflow of `deploy`. */
export function pathOf(engine: MemoryEngine, flow: Pick<Flow, 'execution'>, task: TaskRow): string {
  const parent = engine.flows.get(flow.execution.parentExecutionId ?? '');
  const parentTask = parent?.task(flow.execution.taskExecutionId ?? '');
  return parent === undefined || parentTask === undefined
    ? task.name
    : `${pathOf(engine, parent, parentTask)}/${task.name}`;
}

/** Task executions in order of their creation, execution by execution. */
export function placedTasks(engine: MemoryEngine): readonly PlacedTask[] {
  return [...engine.flows.values()].flatMap((flow) =>
    [...flow.tasks.values()].map((task) => ({ path: pathOf(engine, flow, task), flow, task })),
  );
}

/** A task execution as it is shown, with times in seconds from `start`. */
export function taskView({ flow, task }: PlacedTask, start: Instant): RehearsedTask {
  const seconds = (at: Instant | null): number | null => (at === null ? null : Math.floor((at - start) / 1000) / 1000);
  return {
    state: task.state,
    info: task.stateInfo,
    result: taskResult(flow, task),
    published: task.published ?? {},
    runtimeContext: task.runtimeContext,
    starts: flow.actionsOf(task.id).length + flow.childrenOf(task.id).length,
    startedAt: seconds(task.startedAt),
    finishedAt: seconds(task.finishedAt),
  };
}
