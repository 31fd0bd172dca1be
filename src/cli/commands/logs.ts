import { setTimeout as delay } from 'node:timers/promises';
import { FINAL_STATES } from '../client/report.js';
import { pathOf, ServiceClient } from '../client/service-client.js';
import { fetchTaskLog, type LoggedTask } from '../client/task-log.js';
import { EXIT, exitCodeOf } from '../outcome.js';
import { print } from '../output.js';
import { durationText } from '../times.js';

export interface LogsOptions {
  readonly url: string;
  readonly json?: boolean;
  readonly follow?: boolean;
}

const POLL_MS = 1_000;
const PATH_WIDTH = 30;

/** `tramontane logs`: one line per task of an execution and its sub-workflows, in the order in which they started. */
export async function logs(id: string, options: LogsOptions): Promise<number> {
  const client = new ServiceClient(options.url);
  if (options.follow === true) return followLog(client, id, options);
  const tasks = await fetchTaskLog(client, id);
  if (options.json === true) print(JSON.stringify(tasks, null, 2));
  else for (const task of tasks) print(logLine(task));
  return EXIT.success;
}

/** Each task is printed once, when it has ended; what never will when the execution has. */
async function followLog(client: ServiceClient, id: string, { json }: LogsOptions): Promise<number> {
  const printed = new Set<string>();
  for (;;) {
    const { state } = await client.get<{ readonly state: string }>(pathOf('executions', id), { fields: 'id,state' });
    const hasEnded = FINAL_STATES.includes(state);
    for (const task of await fetchTaskLog(client, id)) {
      const key = `${task.id} ${task.updated_at ?? ''}`;
      if (printed.has(key) || !(hasEnded || FINAL_STATES.includes(task.state))) continue;
      printed.add(key);
      print(json === true ? JSON.stringify(task) : logLine(task));
    }
    if (hasEnded) return exitCodeOf(state);
    await delay(POLL_MS);
  }
}

function logLine({ started_at, created_at, finished_at, state, path, state_info }: LoggedTask): string {
  const duration = durationText(started_at ?? created_at, finished_at).padStart(12);
  const info = state_info === null ? '' : `  ${state_info.trim().replace(/\s+/g, ' ')}`;
  return `${started_at ?? created_at}  ${state.padEnd(9)} ${duration}  ${path.padEnd(PATH_WIDTH)}${info}`.trimEnd();
}
