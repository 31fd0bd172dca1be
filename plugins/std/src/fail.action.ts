import { type ActionDefinition, type ActionOutcome, defineAction, failure, numberOf } from '@tramontane/plugin-sdk';

/** Always fails: with the given data if there is any, else with an exception. */
export const fail: ActionDefinition = defineAction('std.fail', {
  description: 'Fails with `error_data` as the error, or with a fixed message when there is none.',
  input: {
    error_data: {
      type: 'any',
      default: null,
      description: 'The error: any value that is neither empty, 0, false nor null.',
    },
  },
  className: 'mistral.actions.std_actions.FailAction',
  label: 'Fail action',
  keepsExactValues: true,
  runPure: ({ input }): ActionOutcome => {
    if (isTruthy(input.error_data)) return failure(input.error_data);
    throw new Error('Fail action expected exception.');
  },
});

/** Truth as in Python: empty text, lists and dicts are false too. */
function isTruthy(value: unknown): boolean {
  const number = numberOf(value);
  if (number !== undefined) return number !== 0;
  if (typeof value !== 'object' || value === null) return Boolean(value);
  if (Array.isArray(value)) return value.length > 0;
  return 'size' in value && typeof value.size === 'number' && Symbol.iterator in value
    ? value.size > 0
    : Object.keys(value).length > 0;
}
