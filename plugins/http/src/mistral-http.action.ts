import { type ActionDefinition, defineAction, type ExecutionInfo, pending } from '@tramontane/plugin-sdk';
import type { HttpClient } from './client.js';
import { oneBodyOnly } from './http.action.js';
import { HTTP_INPUT } from './http-input.js';

/** Sends an HTTP request that starts some work; whoever does the work sends the result to the callback URL. */
export function mistralHttpAction(client: HttpClient): ActionDefinition {
  return defineAction(
    'std.mistral_http',
    {
      description:
        'Sends an HTTP request with headers that name the workflow, the task and the URL to send the result to, and waits for ' +
        'that result; a status outside 200 to 306 fails at once.',
      input: HTTP_INPUT,
      className: 'mistral.actions.std_actions.MistralHTTPAction',
      keepsExactValues: true,
      isAsync: true,
      validate: oneBodyOnly,
    },
    async (call) => {
      const outcome = await client.run(call, headersFor(call.execution));
      return outcome.kind === 'error' ? outcome : pending();
    },
  );
}

function headersFor(execution: ExecutionInfo): Readonly<Record<string, string>> {
  const headers = {
    'Mistral-Workflow-Name': execution.workflowName,
    'Mistral-Workflow-Execution-Id': execution.workflowExecutionId,
    'Mistral-Task-Id': execution.taskExecutionId,
    'Mistral-Action-Execution-Id': execution.actionExecutionId,
    'Mistral-Callback-URL': execution.callbackUrl,
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}
