import type { Value } from '../../values/index.js';
import { accepts } from './declaration.js';
import type { Declaration, Parameter } from './frame.js';
import { NO_VALUE } from '../values/no-value.js';
import type { Code } from './lambda.js';

/** A positional or named argument of a call, compiled. */
export type CompiledArgument =
  | { readonly kind: 'value'; readonly code: Code; readonly constant: Value | undefined }
  | { readonly kind: 'rule'; readonly key: Code; readonly value: Code }
  | { readonly kind: 'skipped' };

/** The arguments of a call; a method's receiver is the positional argument 0, whatever it turns out to be. */
export interface CallArguments {
  readonly positional: readonly CompiledArgument[];
  readonly named: readonly (readonly [name: string, argument: CompiledArgument])[];
}

/** Where a declared parameter finds its argument: an index over positional then named arguments, or its default. */
export interface Plan {
  readonly declaration: Declaration;
  readonly slots: readonly { readonly parameter: Parameter<unknown>; readonly source: number }[];
  readonly rest: readonly number[];
  readonly extras: readonly (readonly [name: string, source: number])[];
  /** Sources that are not evaluated before the call. */
  readonly lazy: readonly boolean[];
}

const DEFAULT = -1;

/** How a declaration takes these arguments, or null when their number, names or constants don't fit. */
export function makePlan(declaration: Declaration, args: CallArguments): Plan | null {
  const { positional, named } = args;
  const unused = new Map(named.map(([name], i) => [name, positional.length + i]));
  const lazy = new Array<boolean>(positional.length + named.length).fill(false);
  const slots: Plan['slots'][number][] = [];
  for (const [i, parameter] of declaration.parameters.entries()) {
    const source = findSource(parameter, positional[i], i, unused);
    if (source === null || !fits(parameter, argumentAt(args, source))) return null;
    if (source !== DEFAULT) lazy[source] = isLazy(parameter);
    slots.push({ parameter, source });
  }
  const rest: number[] = [];
  for (let i = declaration.parameters.length; i < positional.length; i++) {
    if (declaration.rest === null || !fitsRest(declaration.rest, positional[i])) return null;
    lazy[i] = isLazy(declaration.rest);
    rest.push(i);
  }
  if (unused.size > 0 && !declaration.takesNamed) return null;
  return { declaration, slots, rest, extras: [...unused], lazy };
}

function findSource(
  parameter: Parameter<unknown>,
  argument: CompiledArgument | undefined,
  index: number,
  unused: Map<string, number>,
): number | null {
  const named = unused.get(parameter.name);
  if (argument !== undefined && argument.kind !== 'skipped') return named === undefined ? index : null;
  if (named !== undefined) {
    // A position that was left empty must take its default, so a name for it is one value too many.
    if (argument !== undefined) return null;
    unused.delete(parameter.name);
    return named;
  }
  return parameter.isOptional ? DEFAULT : null;
}

function argumentAt(args: CallArguments, source: number): CompiledArgument | undefined {
  return args.positional[source] ?? args.named[source - args.positional.length]?.[1];
}

function isLazy(parameter: Parameter<unknown>): boolean {
  return parameter.kind.nature === 'lambda' || parameter.kind.nature === 'rule';
}

/** Whether the argument could be taken, as far as that is known before it is evaluated. */
function fits(parameter: Parameter<unknown>, argument: CompiledArgument | undefined): boolean {
  const takesRule = parameter.kind.nature === 'rule' || parameter.kind.nature === 'pair';
  if (argument === undefined || argument.kind === 'skipped') return true;
  if (argument.kind === 'rule') return takesRule;
  if (takesRule) return false;
  return argument.constant === undefined || isLazy(parameter) || accepts(parameter, argument.constant);
}

/** A skipped argument counts as one more only where anything is taken. */
function fitsRest(parameter: Parameter<unknown>, argument: CompiledArgument | undefined): boolean {
  if (argument?.kind !== 'skipped') return fits(parameter, argument);
  return parameter.kind.nature === 'lambda' || accepts(parameter, NO_VALUE);
}

/** Whether every argument's parameter in `a` is at least as narrow as in `b`, and one is narrower. */
export function isNarrower(a: Plan, b: Plan): boolean {
  const left = parametersBySource(a);
  const right = parametersBySource(b);
  let isNarrow = false;
  for (const [source, parameter] of left) {
    const other = right.get(source);
    if (other === undefined) continue;
    if (isBroader(parameter, other)) return false;
    isNarrow ||= isBroader(other, parameter);
  }
  return isNarrow;
}

function isBroader(a: Parameter<unknown>, b: Parameter<unknown>): boolean {
  return b.kind.broader?.includes(a.kind) ?? false;
}

function parametersBySource(plan: Plan): ReadonlyMap<number, Parameter<unknown>> {
  const found = new Map<number, Parameter<unknown>>();
  for (const { parameter, source } of plan.slots) if (source !== DEFAULT) found.set(source, parameter);
  const { rest } = plan.declaration;
  if (rest !== null) for (const source of plan.rest) found.set(source, rest);
  return found;
}
