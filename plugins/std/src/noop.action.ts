import { type ActionDefinition, defineAction, success } from '@tramontane/plugin-sdk';

/** Does nothing and succeeds with null. */
export const noop: ActionDefinition = defineAction('std.noop', {
  description: 'Does nothing; the result is null.',
  className: 'mistral.actions.std_actions.NoOpAction',
  runPure: () => success(null),
});
