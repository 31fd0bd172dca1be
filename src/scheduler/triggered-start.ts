import { type JsonObject, stringifyJson } from '../core/shared/index.js';
import type { StartExecution } from '../engine/index.js';

interface Trigger {
  readonly id: string;
  readonly workflowId: string;
  readonly workflowInput: JsonObject;
  readonly workflowParams: JsonObject;
}

/**
 * What a trigger starts; the description of the execution says which one it was, as JSON text.
 * @param kind  `cron trigger`
 * @param more  what the description says of the trigger besides its kind and id
 */
export function triggeredStart(
  kind: 'cron trigger' | 'event trigger',
  { id, workflowId, workflowInput, workflowParams }: Trigger,
  more: JsonObject = {},
): StartExecution {
  const description = {
    description: `Workflow execution created by ${kind} '(${id})'.`,
    triggered_by: { type: kind.replace(' ', '_'), id, ...more },
  };
  return {
    workflowId,
    input: workflowInput,
    params: workflowParams,
    description: stringifyJson(description, { style: 'python' }),
  };
}
