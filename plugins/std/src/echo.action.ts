import { type ActionDefinition, after, defineAction, success } from '@tramontane/plugin-sdk';
import { integerProblem, wholeSeconds } from './seconds.js';

/** Returns its parameter, after a delay if one is asked for. */
export const echo: ActionDefinition = defineAction('std.echo', {
  description: 'Returns `output`, after `delay` seconds.',
  input: {
    output: { type: 'any', description: 'The result.' },
    delay: {
      type: 'any',
      default: 0,
      description: 'Whole seconds to wait first; text that is no number and negative values count as 0.',
    },
  },
  className: 'mistral.actions.std_actions.EchoAction',
  keepsExactValues: true,
  validate: ({ input }) => integerProblem('delay', input.delay),
  runPure: ({ input }) => {
    const seconds = wholeSeconds(input.delay);
    return seconds === 0 ? success(input.output) : after(seconds, success(input.output));
  },
});
