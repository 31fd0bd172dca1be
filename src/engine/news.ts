import { Injectable } from '@nestjs/common';
import { type Changes, isFinal, type TaskState } from '../core/flow/index.js';

/** What concerns others after a commit. Missing it costs time, never work: the database has everything. */
export interface Bulletin {
  /** The earliest timer set, in microseconds since 1970. */
  readonly timerAt: number | undefined;
  /** Notifications wait in the outbox. */
  readonly hasNotifications: boolean;
  /** Executions that are in a final state now. */
  readonly ended: readonly string[];
  readonly endings: Endings;
}

/** What has ended while actions of it may still run: tasks that did not succeed, with their states, and cancelled executions. */
export interface Endings {
  readonly tasks: ReadonlyMap<string, TaskState>;
  readonly executions: ReadonlySet<string>;
}

export type Listener = (bulletin: Bulletin) => void;

/** Tells this process what has been committed. */
@Injectable()
export class News {
  private readonly listeners: Listener[] = [];
  private readonly watchers = new Map<string, Set<() => void>>();

  /** Calls after each commit of an execution, until the returned function is called. */
  watch(executionId: string, wake: () => void): () => void {
    const group = this.watchers.get(executionId) ?? new Set();
    this.watchers.set(executionId, group.add(wake));
    return () => {
      group.delete(wake);
      if (group.size === 0 && this.watchers.get(executionId) === group) this.watchers.delete(executionId);
    };
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** A timer of an action on its own. */
  setTimer(timerAt: number): void {
    const bulletin = { ...bulletinOf([]), timerAt };
    for (const listener of this.listeners) listener(bulletin);
  }

  publish(changes: readonly Changes[]): void {
    const bulletin = bulletinOf(changes);
    for (const listener of this.listeners) listener(bulletin);
    for (const { execution } of changes) for (const wake of this.watchers.get(execution.row.id) ?? []) wake();
  }
}

function bulletinOf(changes: readonly Changes[]): Bulletin {
  const commands = changes.flatMap((change) => change.commands);
  const dueTimes = changes.flatMap((change) => change.timersSet.map((timer) => timer.dueAt));
  return {
    timerAt: dueTimes.length === 0 ? undefined : Math.min(...dueTimes),
    hasNotifications: commands.some((command) => command.kind === 'notify'),
    ended: changes.flatMap(({ execution: { row } }) => (isFinal(row.state) ? [row.id] : [])),
    endings: endingsOf(changes),
  };
}

function endingsOf(changes: readonly Changes[]): Endings {
  const rows = changes.flatMap(({ tasks }) => tasks.map(({ row }) => row));
  const ended = rows.filter(({ state }) => isFinal(state) && state !== 'SUCCESS');
  const cancelled = changes.filter(({ execution }) => execution.row.state === 'CANCELLED');
  return {
    tasks: new Map(ended.map(({ id, state }) => [id, state])),
    executions: new Set(cancelled.map(({ execution }) => execution.row.id)),
  };
}
