import { PyObject } from '../../../shared/index.js';
import type { Value } from '../../values/index.js';
import type { Declaration } from './declaration.js';
import type { Runtime } from './runtime.js';

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
