import type { ActionDefinition } from './action.js';
import { fillDefaults, inputProblem } from './check.js';
import type { ActionContext, ActionLogger } from './context.js';
import { typeProblem } from './input.js';
import type { ActionOutcome } from './outcome.js';

const SILENT: ActionLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * Runs an action as the service would, for unit tests: checks the input, fills in defaults, then calls `run`.
 * @param context  what the test wants to be different, e.g. `{ signal: AbortSignal.timeout(50) }`
 * @throws {TypeError} when the service would refuse the input, with the reason
 */
export async function testAction(
  action: ActionDefinition,
  input: Readonly<Record<string, unknown>> = {},
  context: Partial<ActionContext> = {},
): Promise<ActionOutcome> {
  const filled = fillDefaults(action, input);
  const problem =
    inputProblem(action, input) ?? typeProblem(action.parameters, input) ?? action.validate?.({ input: filled });
  if (problem !== undefined) throw new TypeError(problem);
  return action.run({ ...testContext(context), input: filled });
}

/** A context for tests: never aborted, silent, ids that tell what they are. */
export function testContext(overrides: Partial<ActionContext> = {}): ActionContext {
  return {
    signal: new AbortController().signal,
    deadlineAt: undefined,
    logger: SILENT,
    idempotencyKey: 'test-action-execution',
    execution: {
      workflowExecutionId: 'test-workflow-execution',
      taskExecutionId: 'test-task-execution',
      actionExecutionId: 'test-action-execution',
      workflowName: 'test_workflow',
      callbackUrl: '/v2/action_executions/test-action-execution',
    },
    security: {},
    json: { parse: (text) => JSON.parse(text) as unknown, stringify: (value) => JSON.stringify(value) },
    ...overrides,
  };
}

function ignore(): void {
  return;
}
