import { pathOf, ServiceClient } from '../client/service-client.js';
import { readObject } from '../files.js';
import { EXIT } from '../outcome.js';
import { print } from '../output.js';

export interface ControlOptions {
  readonly url: string;
  readonly json?: boolean;
  /** JSON or `@file`. */
  readonly env?: string;
}

/** What one of the commands that change a state asks for. */
export type Control =
  | { readonly kind: 'pause' | 'resume' | 'skip' }
  | { readonly kind: 'stop'; readonly state: string; readonly message?: string }
  | { readonly kind: 'rerun'; readonly reset: boolean };

interface Changed {
  readonly id: string;
  readonly name?: string;
  readonly workflow_name: string;
  readonly state: string;
}

/** `tramontane pause|resume|stop` of an execution, `rerun|skip` of a task; prints the state it is in then. */
export async function control(id: string, wanted: Control, options: ControlOptions): Promise<number> {
  const client = new ServiceClient(options.url);
  const env = await readObject(options.env, '--env');
  const isTask = wanted.kind === 'rerun' || wanted.kind === 'skip';
  const path = pathOf(isTask ? 'tasks' : 'executions', id);
  const params = isTask || env === undefined ? undefined : { env };
  const changed = await client.send<Changed>('PUT', path, {
    ...bodyFor(wanted),
    env: isTask ? env : undefined,
    params,
  });
  const what = isTask ? `task ${changed.name ?? ''}` : `execution of ${changed.workflow_name}`;
  print(options.json === true ? JSON.stringify(changed, null, 2) : `${what} ${changed.id}: ${changed.state}`);
  return EXIT.success;
}

function bodyFor(wanted: Control): Readonly<Record<string, unknown>> {
  switch (wanted.kind) {
    case 'pause':
      return { state: 'PAUSED' };
    case 'resume':
      return { state: 'RUNNING' };
    case 'skip':
      return { state: 'SKIPPED' };
    case 'stop':
      return { state: wanted.state, state_info: wanted.message };
    case 'rerun':
      return { state: 'RUNNING', reset: wanted.reset };
  }
}
