import { PyObject, type HashKey } from '../../../shared/index.js';
import { reprText, pyRepr, typeName, type Value } from '../../values/index.js';
import { JinjaError } from './errors.js';

/**
 * What a missing name, key or attribute evaluates to. It can be tested with `is defined` and replaced by `default`; any
 * other use fails.
 */
export class Undefined extends PyObject {
  readonly typeName = 'StrictUndefined';

  constructor(
    private readonly message: string | (() => string),
    private readonly kind: 'UndefinedError' | 'SecurityError' = 'UndefinedError',
  ) {
    super();
  }

  /** @throws {JinjaError} saying what is missing */
  fail(): never {
    throw new JinjaError(this.kind, typeof this.message === 'string' ? this.message : this.message());
  }

  override equals(): boolean {
    return this.fail();
  }

  override hashKey(): HashKey {
    return this.fail();
  }

  override truthy(): boolean {
    return this.fail();
  }

  override str(): string {
    return this.fail();
  }

  override repr(): string {
    return 'Undefined';
  }
}

/** What an inline `if` without `else` gives when its condition is false: empty text, false, an empty sequence. */
export class SoftUndefined extends Undefined {
  constructor() {
    super('the inline if-expression evaluated to false and no else section was defined.');
  }

  get size(): number {
    return 0;
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return [][Symbol.iterator]();
  }

  override equals(other?: unknown): boolean {
    if (other instanceof SoftUndefined) return true;
    return other instanceof Undefined ? other.fail() : false;
  }

  override hashKey(): HashKey {
    return SOFT;
  }

  override truthy(): boolean {
    return false;
  }

  override str(): string {
    return '';
  }
}

const SOFT = new SoftUndefined();

/** A variable that nobody has set. */
export function undefinedName(name: string): Undefined {
  return new Undefined(() => `${reprText(name)} is undefined`);
}

/** An attribute or item that an object lacks. */
export function undefinedMember(object: Value, key: Value): Undefined {
  return new Undefined(() => {
    const owner = object === null ? 'None' : `${typeName(object)} object`;
    if (typeof key === 'string') return `'${owner}' has no attribute ${reprText(key)}`;
    return `${owner} has no element ${pyRepr(key)}`;
  });
}

/** An attribute that the sandbox hides. */
export function unsafeMember(object: Value, name: string): Undefined {
  return new Undefined(
    () => `access to attribute ${reprText(name)} of '${typeName(object)}' object is unsafe.`,
    'SecurityError',
  );
}
