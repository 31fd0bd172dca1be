import { type ActionDefinition, after, defineAction, success } from '@tramontane/plugin-sdk';
import { integerProblem, wholeSeconds } from './seconds.js';

/** Waits for some seconds and succeeds with null. */
export const sleep: ActionDefinition = defineAction('std.sleep', {
  description: 'Waits for `seconds` seconds; the result is null.',
  input: {
    seconds: {
      type: 'any',
      default: 1,
      description: 'Whole seconds; text that is no number and negative values count as 0.',
    },
  },
  className: 'mistral.actions.std_actions.SleepAction',
  validate: ({ input }) => integerProblem('seconds', input.seconds),
  runPure: ({ input }) => {
    const seconds = wholeSeconds(input.seconds);
    return seconds === 0 ? success(null) : after(seconds, success(null));
  },
});
