/** A float whose value is a whole number, kept apart from the integer of the same value: `4.0` is not `4`. */
export class PyFloat {
  constructor(readonly value: number) {}

  valueOf(): number {
    return this.value;
  }

  /** For plain `JSON.stringify`, which can't tell 4.0 from 4. */
  toJSON(): number {
    return this.value;
  }
}
