/** What a value is filed under in a `Map`: equal values have equal keys, `1`, `1.0` and `true` alike. */
export type HashKey = string | number | bigint | null | PyObject;

/** How `repr` goes on with the items inside a value. */
export interface Renderer {
  readonly render: (value: unknown) => string;
  /** Lists print as tuples and sets as frozen sets, as inside YAQL. */
  readonly frozen: boolean;
  /** Shows a value that has no text of its own. */
  readonly opaque: (typeName: string) => string;
}

/**
 * Base of every value that is neither plain JSON data nor a number: sets, tuples, dates, iterators, a language's own
 * contexts and functions. The defaults are those of a Python object: equal only to itself, hashable, true.
 */
export abstract class PyObject {
  /** The name Python gives the type, as in error messages: `set`, `tuple`, `datetime.datetime`. */
  abstract readonly typeName: string;

  equals(other: unknown): boolean {
    return this === other;
  }

  /** @throws {UnhashableError} where Python has no hash for the type */
  hashKey(): HashKey {
    return this;
  }

  truthy(): boolean {
    return true;
  }

  repr(renderer: Renderer): string {
    return renderer.opaque(this.typeName);
  }

  /** What `str()` shows; the same as `repr` unless a type says otherwise. */
  str(renderer: Renderer): string {
    return this.repr(renderer);
  }
}
