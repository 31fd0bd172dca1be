/** Conditions of a `WHERE` and the values of their placeholders, in the order they were added. */
export class Conditions {
  readonly #parts: string[] = [];
  readonly #values: unknown[] = [];

  /** @returns the placeholder of a value, e.g. `$3` */
  value(value: unknown): string {
    this.#values.push(value);
    return `$${this.#values.length}`;
  }

  add(condition: string): void {
    this.#parts.push(condition);
  }

  get values(): readonly unknown[] {
    return this.#values;
  }

  /** ` WHERE a AND b`, or nothing. */
  get sql(): string {
    return this.#parts.length === 0 ? '' : ` WHERE ${this.#parts.join(' AND ')}`;
  }
}
