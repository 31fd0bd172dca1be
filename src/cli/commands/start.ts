import { ServiceClient } from '../client/service-client.js';
import { startExecution, type StartOptions } from '../client/start.js';
import { follow } from '../live/follow.js';
import { EXIT, exitCodeOf } from '../outcome.js';
import { print } from '../output.js';
import { printOutcome } from '../print-outcome.js';

export interface StartCommandOptions extends StartOptions {
  readonly url: string;
  readonly wait?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const POLL_MS = 250;

/** `tramontane start`: starts a workflow; with `--wait` shows its progress and prints its output. */
export async function start(name: string, options: StartCommandOptions): Promise<number> {
  const client = new ServiceClient(options.url);
  const id = await startExecution(client, name, options);
  if (options.wait !== true) {
    print(options.json === true ? JSON.stringify({ id }) : id);
    return EXIT.success;
  }
  const out = options.quiet === true ? undefined : process.stderr;
  const execution = await follow(client, id, { out, pollMs: POLL_MS });
  printOutcome(execution, options.json === true);
  return exitCodeOf(execution.state);
}
