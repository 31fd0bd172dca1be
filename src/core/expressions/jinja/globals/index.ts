import { isDict } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { typeName, type Value } from '../../values/index.js';
import { makeDict } from '../methods/index.js';
import {
  bind,
  indexOf,
  Namespace,
  NativeFunction,
  PyRange,
  refuseNamed,
  typeError,
  undefinedName,
  valueError,
  type Arguments,
  type Run,
} from '../runtime/index.js';
import { Cycler, Joiner } from './cycler.js';
import { lipsum } from './lipsum.js';
import { MISTRAL_FUNCTIONS } from './mistral.js';

export { MISTRAL_FUNCTIONS, type MistralFunction } from './mistral.js';

const MAX_RANGE = 100_000;

/** A function that every template can call. */
export interface GlobalDefinition {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
  readonly example: string;
  readonly call: (args: Arguments, run: Run) => Value;
}

function range(args: Arguments): Value {
  const bounds = refuseNamed('range', args).map((value) => {
    const index = indexOf(value);
    if (index === undefined) throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
    return index;
  });
  if (bounds.length === 0 || bounds.length > 3)
    throw typeError(`range expected 1 to 3 arguments, got ${bounds.length}`);
  const [first = 0, second, step = 1] = bounds;
  if (step === 0) throw valueError('range() arg 3 must not be zero');
  const made = second === undefined ? new PyRange(0, first, 1) : new PyRange(first, second, step);
  if (made.length > MAX_RANGE) {
    throw new PyError(
      'OverflowError',
      `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`,
    );
  }
  return made;
}

/** The functions of Jinja itself. */
export const GLOBAL_DEFINITIONS: readonly GlobalDefinition[] = [
  {
    name: 'range',
    signature: 'range(start=0, stop, step=1)',
    doc: `Whole numbers from start up to, not including, stop; at most ${MAX_RANGE}.`,
    example: '{{ range(3)|list }} → [0, 1, 2]',
    call: range,
  },
  {
    name: 'dict',
    signature: 'dict(source, name=value, …)',
    doc: 'A dict of names and values, or of another dict or pairs.',
    example: "{{ dict(a=1) }} → {'a': 1}",
    call: makeDict,
  },
  {
    name: 'namespace',
    signature: 'namespace(source, name=value, …)',
    doc: 'An object whose attributes `{% set ns.name = … %}` can change, also inside a loop.',
    example: '{{ namespace(a=1).a }} → 1',
    call: (args, run) => new Namespace(makeDict(args, run)),
  },
  {
    name: 'cycler',
    signature: 'cycler(item, …)',
    doc: 'Hands its items out in turn: `next()`, `current`, `reset()`.',
    example: "{{ cycler('a', 'b').next() }} → a",
    call: (args) => new Cycler(refuseNamed('cycler', args)),
  },
  {
    name: 'joiner',
    signature: "joiner(sep=', ')",
    doc: 'Called first it gives nothing, from then on the separator.',
    example: '{% set j = joiner() %}{{ j() }}a{{ j() }}b → a, b',
    call: (args) => new Joiner(bind('joiner', [['sep', ', ']], args)[0] ?? null),
  },
  {
    name: 'lipsum',
    signature: 'lipsum(n=5, html=true, min=20, max=100)',
    doc: 'Paragraphs of filler text.',
    example: '{{ lipsum(n=1, html=false) }}',
    call: (args, run) =>
      lipsum(
        bind(
          'lipsum',
          [
            ['n', 5],
            ['html', true],
            ['min', 20],
            ['max', 100],
          ],
          args,
        ),
        run,
      ),
  },
];

const FUNCTIONS: ReadonlyMap<string, NativeFunction> = new Map([
  ...GLOBAL_DEFINITIONS.map(({ name, call }) => {
    const isType = name === 'dict' || name === 'namespace' || name === 'cycler' || name === 'joiner';
    return [name, new NativeFunction(name, call, isType ? 'type' : 'function')] as const;
  }),
  ...MISTRAL_FUNCTIONS.map(({ name, parameters, call }) => {
    const run = (args: Arguments, evaluation: Run): Value =>
      call(() => evaluation.root(), bind(`${name}_`, parameters, args), evaluation);
    return [name, new NativeFunction(name, run, 'functools.partial')] as const;
  }),
]);

const CONTEXT_VARIABLES = new Set(['__env', '__execution', '__task_execution']);

/** Reads a name that no statement has set: the context, a variable of it, or a function. */
export function readContextName(name: string): (run: Run) => Value {
  if (name === '_') return (run) => run.root();
  if (CONTEXT_VARIABLES.has(name)) return (run) => contextVariable(name, run);
  const known = FUNCTIONS.get(name);
  return known ? () => known : () => undefinedName(name);
}

/** Variables that exist, if only as none, when the context is a dict. */
function contextVariable(name: string, run: Run): Value {
  const value = run.rootItem(name);
  if (value !== undefined) return value;
  const { root } = run.scope;
  return root === undefined || isDict(root) ? null : undefinedName(name);
}
