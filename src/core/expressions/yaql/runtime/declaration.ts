import type { Value } from '../../values/index.js';
import type { Frame } from './frame.js';

/**
 * What a parameter takes. `lambda` and `rule` arguments arrive unevaluated, `pair` is an evaluated `key => value`,
 * everything else is evaluated before the call.
 */
export interface Kind<T> {
  readonly name: string;
  readonly nature: 'eager' | 'lambda' | 'rule' | 'pair';
  /** Not asked about null: see {@link Parameter.nullable}. */
  readonly accepts: (value: Value) => boolean;
  readonly convert?: (value: Value, frame: Frame) => T;
  /** Kinds that accept all this one does; an overload with a narrower kind wins. */
  readonly broader?: readonly Kind<unknown>[];
  /** Only for the type checker. */
  readonly type?: T;
}

export interface Parameter<T> {
  readonly name: string;
  readonly kind: Kind<unknown>;
  readonly nullable: boolean;
  readonly isOptional: boolean;
  readonly fallback: T | undefined;
  readonly type?: T;
}

export type CallStyle = 'function' | 'method' | 'both';

/** One overload of a function, found by any of its names. */
export interface Declaration {
  readonly names: readonly string[];
  readonly style: CallStyle;
  readonly group: string;
  readonly parameters: readonly Parameter<unknown>[];
  /** Takes any number of further positional arguments. */
  readonly rest: Parameter<unknown> | null;
  /** Takes any named arguments; they come last, as pairs. */
  readonly takesNamed: boolean;
  /** `key => value` arguments stay rules instead of naming parameters. */
  readonly takesRules: boolean;
  readonly doc: string;
  /** An expression and its result as JSON text. */
  readonly example: readonly [expression: string, result: string] | null;
  readonly run: (frame: Frame, ...args: readonly unknown[]) => Value;
}

type TypesOf<P extends readonly Parameter<unknown>[]> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

export interface Definition<P extends readonly Parameter<unknown>[], R> {
  readonly names: string | readonly string[];
  readonly style: CallStyle;
  readonly parameters: P;
  readonly rest?: Parameter<R>;
  readonly takesRules?: boolean;
  readonly takesNamed?: boolean;
  readonly doc: string;
  readonly example?: readonly [expression: string, result: string];
  readonly run: (frame: Frame, ...args: [...TypesOf<P>, ...R[]]) => Value;
}

/** A function that declares functions of a group; the types of `run`'s arguments follow from the parameters. */
export function declarer(group: string) {
  return <const P extends readonly Parameter<unknown>[], R = never>(definition: Definition<P, R>): Declaration => ({
    names: typeof definition.names === 'string' ? [definition.names] : definition.names,
    style: definition.style,
    group,
    parameters: definition.parameters,
    rest: definition.rest ?? null,
    takesNamed: definition.takesNamed ?? false,
    takesRules: definition.takesRules ?? false,
    doc: definition.doc,
    example: definition.example ?? null,
    run: definition.run as unknown as Declaration['run'],
  });
}

/** A parameter that must be given and not be null. */
export function required<T>(name: string, kind: Kind<T>): Parameter<T> {
  return { name, kind, nullable: kind.nature === 'lambda', isOptional: false, fallback: undefined };
}

/** A parameter that must be given and may be null. */
export function nullable<T>(name: string, kind: Kind<T>): Parameter<T | null> {
  return { name, kind, nullable: true, isOptional: false, fallback: undefined };
}

/** A parameter with a default; null is only taken if it is the default. */
export function optional<T, D>(name: string, kind: Kind<T>, fallback: D): Parameter<T | D> {
  return { name, kind, nullable: fallback === null, isOptional: true, fallback };
}

/** A parameter with a default that takes null besides. */
export function optionalNullable<T, D>(name: string, kind: Kind<T>, fallback: D): Parameter<T | D | null> {
  return { name, kind, nullable: true, isOptional: true, fallback };
}

export function accepts(parameter: Parameter<unknown>, value: Value): boolean {
  return value === null ? parameter.nullable : parameter.kind.accepts(value);
}
