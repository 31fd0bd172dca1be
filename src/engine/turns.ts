/** Executions that wait for their turn: those that somebody waits for first, and otherwise round the trees, one of each. */
export class Turns {
  private readonly asked = new Lane();
  private readonly own = new Lane();
  private askedInARow = 0;

  get size(): number {
    return this.asked.size + this.own.size;
  }

  /** @param isAsked  a caller waits for its answer */
  add(executionId: string, rootId: string, isAsked: boolean): void {
    if (isAsked) this.own.drop(executionId, rootId);
    else if (this.asked.has(executionId, rootId)) return;
    (isAsked ? this.asked : this.own).add(executionId, rootId);
  }

  /** How many of a tree wait. */
  waitingOf(rootId: string): number {
    return this.asked.sizeOf(rootId) + this.own.sizeOf(rootId);
  }

  /** Callers are many, too: after some of them, one of the others has its turn. */
  take(): string | undefined {
    const isTurnOfAsked = this.asked.size > 0 && (this.own.size === 0 || this.askedInARow < ASKED_IN_A_ROW);
    this.askedInARow = isTurnOfAsked ? this.askedInARow + 1 : 0;
    return (isTurnOfAsked ? this.asked : this.own).take();
  }
}

const ASKED_IN_A_ROW = 4;

/** Trees in the order of their turns, each with its executions in the order of their arrival. */
class Lane {
  private readonly trees = new Map<string, Set<string>>();
  size = 0;

  has(executionId: string, rootId: string): boolean {
    return this.trees.get(rootId)?.has(executionId) === true;
  }

  sizeOf(rootId: string): number {
    return this.trees.get(rootId)?.size ?? 0;
  }

  add(executionId: string, rootId: string): void {
    if (this.has(executionId, rootId)) return;
    this.trees.set(rootId, (this.trees.get(rootId) ?? new Set()).add(executionId));
    this.size += 1;
  }

  drop(executionId: string, rootId: string): void {
    const tree = this.trees.get(rootId);
    if (tree?.delete(executionId) !== true) return;
    this.size -= 1;
    if (tree.size === 0) this.trees.delete(rootId);
  }

  take(): string | undefined {
    for (const [rootId, tree] of this.trees)
      for (const executionId of tree) {
        this.drop(executionId, rootId);
        if (this.trees.delete(rootId)) this.trees.set(rootId, tree);
        return executionId;
      }
    return undefined;
  }
}
