import { EvaluationError } from '../../errors.js';
import { touch, type Value } from '../../values/index.js';
import { NO_VALUE } from '../values/no-value.js';
import { accepts } from './declaration.js';
import type { Declaration, Parameter } from './frame.js';
import { ambiguous, noMatch, unknownFunction, type Callee } from './errors.js';
import type { Frame } from './frame.js';
import { Pair } from './kinds.js';
import { Lambda, type Code } from './lambda.js';
import type { Registry } from './frame.js';
import { isNarrower, makePlan, type CallArguments, type CompiledArgument, type Plan } from './plan.js';

const MAX_DEPTH = 300;

/**
 * One call in an expression. Which overloads its arguments could fit is settled once, when it is compiled; each call then
 * only looks at the types of the values.
 */
export class CallSite {
  readonly #name: string;
  readonly #plans: readonly Plan[];
  readonly #single: Plan | null;
  readonly #overloads: readonly Declaration[];
  readonly #lookupName: string;
  readonly #isMethod: boolean;

  constructor(
    name: string,
    isMethod: boolean,
    readonly args: CallArguments,
    registry: Registry,
  ) {
    this.#name = name;
    this.#isMethod = isMethod;
    this.#lookupName = withoutTrailingUnderscores(name);
    this.#overloads = registry(this.#lookupName, isMethod);
    this.#plans = plansFor(this.#overloads, args);
    this.#single = this.#plans.length === 1 ? (this.#plans[0] ?? null) : null;
  }

  /** @param receiver  the value a method is called on, undefined for a function */
  call(frame: Frame, receiver?: Value): Value {
    if (frame.runtime.definitions > 0 && !this.#isMethod) {
      const defined = frame.definitionsOf(this.#lookupName);
      if (defined.length > 0) return this.#callLevels([...defined, this.#overloads], frame);
    }
    if (this.#single !== null) return this.#callSingle(this.#single, frame, receiver);
    if (this.#overloads.length === 0) throw unknownFunction(this.#callee(receiver));
    this.#refuseMixedRules(this.#overloads, receiver);
    return this.#choose([this.#plans], frame, receiver);
  }

  #callSingle(plan: Plan, frame: Frame, receiver: Value | undefined): Value {
    const first = plan.slots[0];
    if (receiver !== undefined && first && !accepts(first.parameter, receiver)) throw noMatch(this.#callee(receiver));
    const values = this.#evaluate(plan.lazy, frame, receiver);
    if (!matches(plan, values)) throw noMatch(this.#callee(receiver));
    return this.#run(plan, values, frame);
  }

  /** Overloads the expression defined itself come first, but all must agree on what is lazy. */
  #callLevels(levels: readonly (readonly Declaration[])[], frame: Frame): Value {
    frame.runtime.budget.step(2);
    if (++frame.runtime.depth > MAX_DEPTH) throw new EvaluationError('The expression calls itself too deeply');
    try {
      this.#refuseMixedRules(levels.flat(), undefined);
      return this.#choose(
        levels.map((level) => plansFor(level, this.args)),
        frame,
        undefined,
      );
    } finally {
      frame.runtime.depth--;
    }
  }

  #choose(levels: readonly (readonly Plan[])[], frame: Frame, receiver: Value | undefined): Value {
    const open = levels.map((level) => level.filter((plan) => takesReceiver(plan, receiver)));
    const all = open.flat();
    const lazy = all[0]?.lazy;
    if (lazy === undefined) throw noMatch(this.#callee(receiver));
    if (!all.every((plan) => sameFlags(plan.lazy, lazy))) throw ambiguous(this.#callee(receiver));
    const values = this.#evaluate(lazy, frame, receiver);
    for (const level of open) {
      const plan = this.#narrowest(
        level.filter((candidate) => matches(candidate, values)),
        receiver,
      );
      if (plan !== null) return this.#run(plan, values, frame);
    }
    throw noMatch(this.#callee(receiver));
  }

  #narrowest(plans: readonly Plan[], receiver: Value | undefined): Plan | null {
    let best: Plan | null = null;
    for (const plan of plans) {
      if (best === null || isNarrower(plan, best)) best = plan;
      else if (!isNarrower(best, plan)) throw ambiguous(this.#callee(receiver));
    }
    return best;
  }

  /** Values of the eager arguments, left to right; what is lazy stays undefined. */
  #evaluate(
    lazy: readonly boolean[],
    frame: Frame,
    receiver: Value | undefined,
  ): readonly (Value | Pair | undefined)[] {
    const { positional, named } = this.args;
    const values = new Array<Value | Pair | undefined>(lazy.length);
    for (let i = 0; i < positional.length; i++) {
      if (i === 0 && receiver !== undefined) values[0] = receiver;
      else if (lazy[i] !== true) values[i] = evaluateArgument(positional[i], frame);
    }
    for (let i = 0; i < named.length; i++) {
      const at = positional.length + i;
      if (lazy[at] !== true) values[at] = evaluateArgument(named[i]?.[1], frame);
    }
    return values;
  }

  #run(plan: Plan, values: readonly (Value | Pair | undefined)[], frame: Frame): Value {
    const { slots, rest, extras, declaration } = plan;
    const args: unknown[] = [];
    for (const { parameter, source } of slots) {
      args.push(source < 0 ? parameter.fallback : this.#bind(parameter, source, values, frame));
    }
    if (declaration.rest !== null)
      for (const source of rest) args.push(this.#bind(declaration.rest, source, values, frame));
    if (declaration.takesNamed) args.push(new Map(extras.map(([name, source]) => [name, values[source]])));
    const { budget } = frame.runtime;
    budget.step();
    for (const arg of args) touch(arg, budget);
    return declaration.run(frame, ...args);
  }

  #bind(parameter: Parameter<unknown>, source: number, values: readonly unknown[], frame: Frame): unknown {
    const { nature, convert } = parameter.kind;
    if (nature === 'lambda') return new Lambda(this.#lazyCode(source), frame);
    if (nature === 'rule') return this.#bindRule(source, frame);
    const value = values[source];
    return convert === undefined || value === null ? value : convert(value as Value, frame);
  }

  #argument(source: number): CompiledArgument | undefined {
    return this.args.positional[source] ?? this.args.named[source - this.args.positional.length]?.[1];
  }

  #lazyCode(source: number): Code {
    const argument = this.#argument(source);
    return argument?.kind === 'value' ? argument.code : () => NO_VALUE;
  }

  #bindRule(source: number, frame: Frame): unknown {
    const argument = this.#argument(source);
    if (argument?.kind !== 'rule') return null;
    return { key: () => argument.key(frame), value: () => argument.value(frame) };
  }

  /** Overloads with and without mapping rules can't be told apart by their arguments. */
  #refuseMixedRules(overloads: readonly Declaration[], receiver: Value | undefined): void {
    const takesRules = overloads[0]?.takesRules;
    if (overloads.some((overload) => overload.takesRules !== takesRules)) throw ambiguous(this.#callee(receiver));
  }

  #callee(receiver: Value | undefined): Callee {
    return receiver === undefined ? { name: this.#name } : { name: this.#name, receiver };
  }
}

/** Calls a function by name with values, or a method when there is a receiver. */
export function invoke(
  frame: Frame,
  name: string,
  args: readonly Value[],
  named: readonly (readonly [string, Value])[] = [],
  receiver?: Value,
): Value {
  const constant = (value: Value): CompiledArgument => ({ kind: 'value', code: () => value, constant: value });
  const positional = args.map(constant);
  const given: CallArguments = {
    positional: receiver === undefined ? positional : [constant(receiver), ...positional],
    named: named.map(([key, value]) => [key, constant(value)] as const),
  };
  return new CallSite(name, receiver !== undefined, given, frame.runtime.registry).call(frame, receiver);
}

function plansFor(overloads: readonly Declaration[], args: CallArguments): readonly Plan[] {
  return overloads.map((overload) => makePlan(overload, args)).filter((plan): plan is Plan => plan !== null);
}

function withoutTrailingUnderscores(name: string): string {
  return name.endsWith('_') ? name.replace(/_+$/, '') : name;
}

function takesReceiver(plan: Plan, receiver: Value | undefined): boolean {
  if (receiver === undefined) return true;
  const parameter = plan.slots[0]?.parameter ?? plan.declaration.rest;
  return parameter != null && accepts(parameter, receiver);
}

function sameFlags(a: readonly boolean[], b: readonly boolean[]): boolean {
  return a.every((flag, i) => flag === b[i]);
}

function evaluateArgument(argument: CompiledArgument | undefined, frame: Frame): Value | Pair | undefined {
  switch (argument?.kind) {
    case 'value':
      return argument.code(frame);
    case 'rule':
      return new Pair(argument.key(frame), argument.value(frame));
    case 'skipped':
      return NO_VALUE;
    case undefined:
      return undefined;
  }
}

function matches(plan: Plan, values: readonly (Value | Pair | undefined)[]): boolean {
  for (const { parameter, source } of plan.slots) {
    if (source >= 0 && plan.lazy[source] !== true && !acceptsEvaluated(parameter, values[source])) return false;
  }
  const { rest } = plan.declaration;
  if (rest !== null) {
    for (const source of plan.rest)
      if (plan.lazy[source] !== true && !acceptsEvaluated(rest, values[source])) return false;
  }
  return true;
}

function acceptsEvaluated(parameter: Parameter<unknown>, value: Value | Pair | undefined): boolean {
  if (value instanceof Pair) return parameter.kind.nature === 'pair';
  return value !== undefined && accepts(parameter, value);
}
