import { pathOf, ServiceClient } from '../client/service-client.js';
import { type ExecutionView, follow } from '../live/follow.js';
import { exitCodeOf } from '../outcome.js';
import { printOutcome } from '../print-outcome.js';
import { millisecondsSince } from '../times.js';

export interface WatchOptions {
  readonly url: string;
  readonly json?: boolean;
}

const POLL_MS = 500;

/** `tramontane watch`: the live tree of an execution until it has ended; exits by its state. */
export async function watch(id: string, options: WatchOptions): Promise<number> {
  const client = new ServiceClient(options.url);
  const found = await client.get<ExecutionView & Times>(pathOf('executions', id));
  const runningMs = millisecondsSince(found.created_at);
  const execution = await follow(client, id, { out: process.stderr, pollMs: POLL_MS, runningMs });
  printOutcome(execution, options.json === true);
  return exitCodeOf(execution.state);
}

interface Times {
  readonly created_at: string;
}
