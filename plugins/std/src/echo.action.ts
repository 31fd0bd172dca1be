import { type ActionDefinition, defineAction, success } from '@tramontane/plugin-sdk';
import { integerProblem, wholeSeconds } from './seconds.js';
import { wait } from './wait.js';

/** Returns its parameter, after a delay if one is asked for. */
export const echo: ActionDefinition = defineAction(
  'std.echo',
  {
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
    isSafeToRerun: true,
    validate: ({ input }) => integerProblem('delay', input.delay),
    runPure: ({ input }) => (wholeSeconds(input.delay) === 0 ? success(input.output) : undefined),
  },
  async ({ input, signal }) => {
    await wait(wholeSeconds(input.delay) * 1000, signal);
    return success(input.output);
  },
);
