import { PyObject } from '../../../shared/index.js';
import type { DataFunctions, EvaluationScope } from '../../scope.js';
import type { Budget, Value } from '../../values/index.js';

/** Finds the overloads of a name among the functions, or among the methods. */
export type Registry = (name: string, isMethod: boolean) => readonly Declaration[];

/** What all frames of one evaluation share. */
export class Runtime {
  readonly functions: DataFunctions;
  /** Items a collection may have, -1 for any number. */
  readonly limitIterators: number;
  /** Whether even what makes no sense is done as in the original. */
  readonly asOriginal: boolean;
  /** How many functions the expression itself has defined with `def`; while it is 0, no name needs to be searched. */
  definitions = 0;
  depth = 0;

  constructor(
    scope: EvaluationScope,
    readonly registry: Registry,
    readonly budget: Budget,
  ) {
    this.functions = scope.functions;
    this.limitIterators = scope.limits?.limitIterators ?? -1;
    this.asOriginal = scope.asOriginal ?? false;
  }
}

/**
 * The variables and functions an expression sees: one frame per lambda call, `let`, `with`, `def`. It is a value too,
 * since the left side of `->` evaluates to one.
 */
export class Frame extends PyObject {
  #variables: Map<string, Value> | null = null;
  #functions: Map<string, Declaration[]> | null = null;

  /** @param first  the value of `$`, if this frame has its own */
  constructor(
    readonly runtime: Runtime,
    readonly parent: Frame | null,
    protected first: Value | undefined,
  ) {
    super();
  }

  get typeName(): string {
    return 'Context';
  }

  child(first?: Value): Frame {
    return new Frame(this.runtime, this, first);
  }

  /** The value of a variable given with its dollar, null when nobody has set it. */
  lookup(name: string): Value {
    if (name === '$1') return this.subject();
    const value = this.own(name);
    if (value !== undefined) return value;
    return this.parent === null ? null : this.parent.lookup(name);
  }

  /** The value of `$`. */
  subject(): Value {
    return this.subjectFrame()?.ownSubject() ?? null;
  }

  /** The nearest frame that has its own `$`. */
  subjectFrame(): Frame | null {
    if (this.hasSubject()) return this;
    return this.parent === null ? null : this.parent.subjectFrame();
  }

  hasSubject(): boolean {
    return this.first !== undefined;
  }

  ownSubject(): Value {
    return this.first ?? null;
  }

  /** @param name  with or without its dollar; `$` is `$1` */
  set(name: string, value: Value): void {
    const full = name.startsWith('$') ? name : `$${name}`;
    if (full === '$' || full === '$1') this.first = value;
    else (this.#variables ??= new Map()).set(full, value);
  }

  define(name: string, declaration: Declaration): void {
    this.#functions ??= new Map();
    const known = this.#functions.get(name);
    if (known) known.push(declaration);
    else this.#functions.set(name, [declaration]);
    this.runtime.definitions++;
  }

  /** Functions of this name that the expression defined, nearest first. */
  definitionsOf(name: string): readonly (readonly Declaration[])[] {
    const outer = this.parent === null ? [] : this.parent.definitionsOf(name);
    const own = this.#functions?.get(name);
    return own === undefined ? outer : [own, ...outer];
  }

  protected own(name: string): Value | undefined {
    return this.#variables?.get(name);
  }
}

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
