import {
  type ActionDefinition,
  type ActionOutcome,
  defineAction,
  numberOf,
  success,
  typeName,
} from '@tramontane/plugin-sdk';

/** Above this many entries the dict is made by an executor, so that the engine's transaction stays short. */
const PURE_ENTRIES = 10_000;
/** Far more than fits into the default limit for results, yet no danger to the process. */
const MAX_ENTRIES = 1_000_000;

/** Makes a dict of any size, for tests of speed and limits. */
export const testDict: ActionDefinition = defineAction(
  'std.test_dict',
  {
    description:
      'Returns a dict with `size` entries named `<key_prefix>0`, `<key_prefix>1`, …, each with the value `val`.',
    input: {
      size: {
        type: 'any',
        default: 0,
        description: `Number of entries, at most ${MAX_ENTRIES}; negative counts as 0.`,
      },
      key_prefix: { type: 'any', default: '', description: 'What the names begin with.' },
      val: { type: 'any', default: '', description: 'The value of each entry.' },
    },
    className: 'mistral.actions.std_actions.TestDictAction',
    keepsExactValues: true,
    isSafeToRerun: true,
    runPure: ({ input }) => (entryCount(input.size) <= PURE_ENTRIES ? makeDict(input) : undefined),
  },
  ({ input }) => makeDict(input),
);

function makeDict({
  size,
  key_prefix,
  val,
}: {
  readonly size: unknown;
  readonly key_prefix: unknown;
  readonly val: unknown;
}): ActionOutcome {
  const count = entryCount(size);
  if (count > MAX_ENTRIES) throw new RangeError(`size must be at most ${MAX_ENTRIES}, got ${count}`);
  const prefix = typeof key_prefix === 'string' ? key_prefix : JSON.stringify(key_prefix);
  return success(Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, val])));
}

function entryCount(size: unknown): number {
  const number = typeof size === 'boolean' ? Number(size) : numberOf(size);
  const kind = typeName(size);
  if (number === undefined || kind === 'float')
    throw new TypeError(`'${PYTHON_TYPES[kind] ?? kind}' object cannot be interpreted as an integer`);
  return Math.max(0, number);
}

/** Workflows may test for this message, so it names types as the original does. */
const PYTHON_TYPES: Readonly<Record<string, string>> = { text: 'str', null: 'NoneType' };
