import { parseJson, type Json } from '../../core/shared/index.js';
import { readObject } from '../files.js';
import type { ServiceClient } from './service-client.js';

export interface StartOptions {
  readonly input?: string;
  readonly env?: string;
  readonly namespace?: string;
  readonly version?: number;
  readonly description?: string;
  readonly id?: string;
}

/** Starts a workflow by name or id; returns the id of the execution. */
export async function startExecution(client: ServiceClient, name: string, options: StartOptions): Promise<string> {
  const { id, description, namespace, version } = options;
  const input = await readObject(options.input, '--input');
  const env = await readEnv(options.env);
  const { id: started } = await client.send<{ readonly id: string }>('POST', 'executions', {
    id,
    workflow_name: name,
    workflow_namespace: namespace,
    workflow_version: version,
    input,
    params: env === undefined ? undefined : { env },
    description,
  });
  return started;
}

/** Values as JSON or `@file`, or the name of a stored environment. */
async function readEnv(given: string | undefined): Promise<Json | undefined> {
  if (given === undefined) return undefined;
  return /^\s*[@{]/.test(given) ? readObject(given, '--env') : given;
}

/** The output of an execution, which is stored as JSON text. */
export function outputOf(execution: { readonly output: string }): Json {
  return parseJson(execution.output, { allowNaN: true });
}
