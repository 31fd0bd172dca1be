import type { Changes } from '../core/flow/index.js';

const MOST = 20_000;

/** To which tree executions belong, as far as this process has heard lately; one that is not known counts as a root. */
export class KnownRoots {
  private readonly roots = new Map<string, string>();

  of(executionId: string): string {
    return this.roots.get(executionId) ?? executionId;
  }

  set(executionId: string, rootId: string): void {
    if (executionId === rootId) return;
    this.roots.delete(executionId);
    this.roots.set(executionId, rootId);
    for (const oldest of this.roots.keys()) {
      if (this.roots.size <= MOST) return;
      this.roots.delete(oldest);
    }
  }

  /** Messages stay within a tree. */
  learn({ execution: { row }, commands }: Changes): void {
    const rootId = row.rootExecutionId ?? row.id;
    this.set(row.id, rootId);
    for (const command of commands) {
      if (command.kind === 'tell') this.set(command.executionId, rootId);
      if (command.kind === 'start-child') this.set(command.request.id, rootId);
    }
  }
}
