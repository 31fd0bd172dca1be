import type { Flow } from '../core/flow/index.js';

/** Recent executions in memory, the least recently used leaving first; `weight` keeps big ones from filling the process. */
export class FlowCache {
  private readonly flows = new Map<string, Flow>();
  private weight = 0;

  /** @param maxWeight  tasks and actions of all cached executions together */
  constructor(private readonly maxWeight: number) {}

  /** The execution as last seen; whether it is still current is for the caller to check by version. */
  take(id: string): Flow | undefined {
    const flow = this.flows.get(id);
    if (flow !== undefined) this.drop(id);
    return flow;
  }

  put(flow: Flow): void {
    this.drop(flow.execution.id);
    this.flows.set(flow.execution.id, flow);
    this.weight += weightOf(flow);
    for (const [id, oldest] of this.flows) {
      if (this.weight <= this.maxWeight) return;
      if (oldest !== flow) this.drop(id);
    }
  }

  drop(id: string): void {
    const flow = this.flows.get(id);
    if (flow === undefined) return;
    this.flows.delete(id);
    this.weight -= weightOf(flow);
  }
}

function weightOf(flow: Flow): number {
  return 10 + flow.tasks.size + flow.actions.size;
}
