import type { Endings } from '../engine/index.js';
import type { ClaimedAction, HeldPlaces, Unwanted } from '../store/index.js';
import { ActionStopped } from './stopped-action.js';

/** Does the work of one claimed action, early when the signal is aborted. Resolves to whether its outcome was taken. */
export type Work = (claimed: ClaimedAction, signal: AbortSignal) => Promise<boolean>;

interface Run {
  readonly claimed: ClaimedAction;
  readonly stop: AbortController;
}

/** The actions that this process runs at the moment, by id. */
export class RunningActions {
  private readonly runs = new Map<string, Run>();
  private readonly unreported = new Set<string>();
  private waiting: (() => void)[] = [];

  /** @param onEnd  called after each action, when its place is free again */
  constructor(
    private readonly work: Work,
    private readonly onEnd: () => void,
  ) {}

  get size(): number {
    return this.runs.size;
  }

  ids(): readonly string[] {
    return [...this.runs.keys()];
  }

  /** For whom they run. */
  held(): readonly HeldPlaces[] {
    const held = new Map<string, HeldPlaces>();
    for (const { claimed } of this.runs.values()) {
      const [project, root] = [claimed.projectId, claimed.rootExecutionId ?? ''];
      const key = JSON.stringify([project, root]);
      held.set(key, { project, root, n: (held.get(key)?.n ?? 0) + 1 });
    }
    return [...held.values()];
  }

  /** All that was started here and may still be ours: what runs, and what ended without a word to the engine. */
  known(): readonly string[] {
    return [...this.runs.keys(), ...this.unreported];
  }

  /** What ended here without a word to the engine: nobody will tell any more how. */
  silent(): readonly string[] {
    return [...this.unreported].filter((id) => !this.runs.has(id));
  }

  /** Starts an action. One that runs here already was taken for lost, and gives way. */
  start(claimed: ClaimedAction): void {
    this.runs.get(claimed.id)?.stop.abort(new Error('The action was given out again.'));
    const run = { claimed, stop: new AbortController() };
    this.runs.set(claimed.id, run);
    void this.work(claimed, run.stop.signal).then(
      (isReported) => this.end(run, isReported),
      () => this.end(run, false),
    );
  }

  /** Stops those of the actions that still run. @returns what was stopped */
  abort(ids: readonly string[], reason: string): readonly ClaimedAction[] {
    const runs = ids.map((id) => this.runs.get(id)).filter((run) => run !== undefined);
    for (const { stop } of runs) stop.abort(new Error(reason));
    return runs.map(({ claimed }) => claimed);
  }

  /** Stops an action for which nobody waits any more. */
  stopUnwanted(id: string, why: Unwanted): void {
    this.runs.get(id)?.stop.abort(new ActionStopped(why));
  }

  /** Stops what still runs for tasks that have ended and for executions that were cancelled. */
  stopEnded({ tasks, executions }: Endings): void {
    if (this.runs.size === 0 || tasks.size + executions.size === 0) return;
    for (const [id, { claimed }] of this.runs) {
      const state = tasks.get(claimed.taskExecutionId ?? '');
      const isTimedOut = state === 'ERROR' && claimed.timeoutSeconds !== null;
      if (isTimedOut) this.stopUnwanted(id, 'timed-out');
      else if (state !== undefined || executions.has(claimed.executionId ?? '')) this.stopUnwanted(id, 'cancelled');
    }
  }

  /** Waits until nothing runs, at most so long. @returns whether nothing runs */
  async drained(timeoutMs: number): Promise<boolean> {
    if (this.runs.size === 0) return true;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    return this.runs.size === 0;
  }

  private end(run: Run, isReported: boolean): void {
    if (!isReported) this.unreported.add(run.claimed.id);
    if (this.runs.get(run.claimed.id) === run) this.runs.delete(run.claimed.id);
    if (this.runs.size === 0) for (const wake of this.waiting.splice(0)) wake();
    this.onEnd();
  }
}
