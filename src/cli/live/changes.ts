import type { ReportExecution } from '../client/report.js';

/** A task in a state in which it has not been seen before; `path` goes through sub-workflows, e.g. `create/ping`. */
export interface Change {
  readonly path: string;
  readonly state: string;
  readonly info: string | null;
}

/** Tells what is new in each report of an execution. */
export class Changes {
  private readonly seen = new Map<string, string>();

  in(root: ReportExecution, below = ''): readonly Change[] {
    return root.task_executions.flatMap((task) => {
      const path = below + task.name;
      const { id, state, state_info: info, workflow_executions: children } = task;
      const isSeen = this.seen.get(id) === state;
      this.seen.set(id, state);
      const own = isSeen ? [] : [{ path, state, info }];
      const inner = children.flatMap((child, i) => this.in(child, children.length > 1 ? `${path}[${i}]/` : `${path}/`));
      return [...own, ...inner];
    });
  }
}
