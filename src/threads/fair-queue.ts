/** Those who wait, by whose turn it is: each turn gets one, then the next turn, however many wait in one of them. */
export class FairQueue<T> {
  private readonly turns = new Map<string, T[]>();

  add(turn: string, item: T): void {
    const waiting = this.turns.get(turn);
    if (waiting === undefined) this.turns.set(turn, [item]);
    else waiting.push(item);
  }

  /** The next of the first turn that may have one; its turn comes again after all others. */
  take(mayHaveOne: (turn: string) => boolean): T | undefined {
    for (const [turn, waiting] of this.turns) {
      if (!mayHaveOne(turn)) continue;
      const item = waiting.shift();
      this.turns.delete(turn);
      if (waiting.length > 0) this.turns.set(turn, waiting);
      return item;
    }
    return undefined;
  }
}
