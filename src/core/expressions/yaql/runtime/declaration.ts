import type { Value } from '../../values/index.js';
import type { CallStyle, Declaration, Frame, Kind, Parameter } from './frame.js';

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
