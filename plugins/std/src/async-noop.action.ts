import { type ActionDefinition, defineAction, pending } from '@tramontane/plugin-sdk';

/** Does nothing and waits for its result to be sent from outside. */
export const asyncNoop: ActionDefinition = defineAction('std.async_noop', {
  description: 'Does nothing and stays RUNNING until its result is sent to /v2/action_executions/<id>.',
  className: 'mistral.actions.std_actions.AsyncNoOpAction',
  isAsync: true,
  runPure: () => pending(),
});
