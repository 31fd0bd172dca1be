import { PyObject, type HashKey } from '../shared/index.js';

/** A date without a time, as YAML texts may hold: `2020-01-31`. */
export class CalendarDate extends PyObject {
  readonly typeName = 'datetime.date';

  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {
    super();
  }

  compareTo(other: unknown): number | undefined {
    return other instanceof CalendarDate ? this.#ordinal() - other.#ordinal() : undefined;
  }

  override equals(other: unknown): boolean {
    return this.compareTo(other) === 0;
  }

  override hashKey(): HashKey {
    return `\u0000date${this.#ordinal()}`;
  }

  override repr(): string {
    return `datetime.date(${this.year}, ${this.month}, ${this.day})`;
  }

  override str(): string {
    const two = (part: number): string => String(part).padStart(2, '0');
    return `${String(this.year).padStart(4, '0')}-${two(this.month)}-${two(this.day)}`;
  }

  #ordinal(): number {
    return (this.year * 100 + this.month) * 100 + this.day;
  }
}
