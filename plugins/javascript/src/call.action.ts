import { type ActionDefinition, defineAction } from '@tramontane/plugin-sdk';
import { runInSandbox, type Sandbox } from './run-in-sandbox.js';

/** Calls what a module exports; dynamic actions run by it. */
export function callAction(sandbox: Sandbox): ActionDefinition {
  return defineAction(
    'javascript.call',
    {
      description:
        'Calls a class or function that a JavaScript module exports, in a sandbox; the result is what it returns.',
      input: {
        module: { type: 'text', description: 'Text of an ES module.' },
        name: { type: 'text', description: 'What to call: a class with a method `run`, or a function.' },
        input: {
          type: 'dict',
          default: {},
          description: 'For the constructor of the class, or `input` of the function.',
        },
      },
      keepsExactValues: true,
      isSafeToRerun: true,
    },
    async ({ input, execution, idempotencyKey, ...call }) => {
      const context = { execution, idempotencyKey };
      const data = call.json.stringify({ input: input.input, context });
      return runInSandbox(
        sandbox,
        { kind: 'module', code: input.module, exportName: input.name, data },
        { ...call, execution },
      );
    },
  );
}
