import { type ActionDefinition, defineAction } from '@tramontane/plugin-sdk';
import { runInSandbox, type Sandbox } from './run-in-sandbox.js';

/**
 * Runs a script of the workflow's author.
 * @param name  `std.javascript`, or its short form `std.js`
 */
export function javascriptAction(name: string, sandbox: Sandbox): ActionDefinition {
  return defineAction(
    name,
    {
      description: 'Runs JavaScript in a sandbox; the result is what `script` returns.',
      input: {
        script: { type: 'text', description: 'Body of a function; it sees `context` as `$` and ends with `return`.' },
        context: { type: 'any', default: null, description: 'Any JSON, for the script to work on.' },
      },
      className: 'mistral.actions.std_actions.JavaScriptAction',
      keepsExactValues: true,
      isSafeToRerun: true,
    },
    async ({ input, ...call }) => {
      const data = call.json.stringify(input.context);
      try {
        return await runInSandbox(sandbox, { kind: 'script', code: input.script, data }, call);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`JavaScriptAction failed: ${reason}`, { cause });
      }
    },
  );
}
