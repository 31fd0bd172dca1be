import { setTimeout as delay } from 'node:timers/promises';
import type { WriteStream } from 'node:tty';
import { fetchItemCount, fetchReport, FINAL_STATES, type ReportExecution, type ReportTask } from '../client/report.js';
import { pathOf, type ServiceClient, ServiceError } from '../client/service-client.js';
import { Changes } from './changes.js';
import { Screen } from './screen.js';
import { treeLines } from './tree-lines.js';

/** An execution, as far as its end is concerned; output is JSON text. */
export interface ExecutionView {
  readonly id: string;
  readonly workflow_name: string;
  readonly state: string;
  readonly state_info: string | null;
  readonly output: string;
}

export interface FollowOptions {
  /** Where progress goes; none at all when absent. */
  readonly out?: WriteStream;
  readonly pollMs: number;
  /** How long it has been running already. */
  readonly runningMs?: number;
  /** Called once each time it comes to rest in PAUSED. */
  readonly onPaused?: () => void;
}

/** A service that is away for no longer than this is waited for. */
const PATIENCE_MS = 30_000;
/** The pause is so many times as long as the look, however large the execution: the service has other work. */
const PAUSE_PER_LOOK = 4;
/** Questions about items in one look at an execution. */
const MAX_QUESTIONS = 20;

/** Shows the progress of an execution until it has ended. */
export async function follow(client: ServiceClient, id: string, options: FollowOptions): Promise<ExecutionView> {
  const show = options.out === undefined ? () => undefined : viewOn(options.out);
  const items = new ItemCounter(client);
  const startedAt = performance.now() - (options.runningMs ?? 0);
  let lastState = '';
  for (;;) {
    const lookedAt = performance.now();
    const root = await patiently(() => fetchReport(client, id));
    await patiently(() => items.learn(root));
    const hasEnded = FINAL_STATES.includes(root.state);
    show({ root, items: items.counts, elapsedMs: performance.now() - startedAt, hasEnded });
    if (hasEnded) return patiently(() => client.get<ExecutionView>(pathOf('executions', id)));
    if (root.state === 'PAUSED' && lastState !== 'PAUSED') options.onPaused?.();
    lastState = root.state;
    await delay(Math.max(options.pollMs, PAUSE_PER_LOOK * (performance.now() - lookedAt)));
  }
}

interface Picture {
  readonly root: ReportExecution;
  readonly items: ReadonlyMap<string, number>;
  readonly elapsedMs: number;
  readonly hasEnded: boolean;
}

/** A live tree in a terminal; elsewhere a line for every change. */
function viewOn(out: WriteStream): (picture: Picture) => void {
  if (out.isTTY) {
    const screen = new Screen(out);
    return ({ root, items, elapsedMs, hasEnded }) => screen.draw(treeLines(root, items, elapsedMs), hasEnded);
  }
  const changes = new Changes();
  return ({ root, elapsedMs }) => {
    const time = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(8);
    for (const { path, state, info } of changes.in(root))
      out.write(`${time}  ${state.padEnd(9)} ${path}${info === null ? '' : `  ${info.trim().replace(/\s+/g, ' ')}`}\n`);
  };
}

/** Knows how many items tasks have; asks once for each task that may have some. */
class ItemCounter {
  readonly counts = new Map<string, number>();

  constructor(private readonly client: ServiceClient) {}

  async learn(execution: ReportExecution): Promise<void> {
    const unknown = tasksOf(execution).filter(({ id }) => !this.counts.has(id));
    const likely = unknown.filter((task) => task.action_executions.length + task.workflow_executions.length > 1);
    for (const { id } of likely.slice(0, MAX_QUESTIONS)) this.counts.set(id, await fetchItemCount(this.client, id));
  }
}

function tasksOf(execution: ReportExecution): readonly ReportTask[] {
  return execution.task_executions.flatMap((task) => [task, ...task.workflow_executions.flatMap(tasksOf)]);
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ServiceError) || !error.isPassing || performance.now() > deadline) throw error;
      await delay(500);
    }
  }
}
