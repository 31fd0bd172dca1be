import { PyFloat, PyObject } from '../../../shared/index.js';
import type { Value } from '../../values/index.js';

/** `range(start, stop, step)`: its items are computed, never stored. */
export class PyRange extends PyObject {
  readonly typeName = 'range';
  readonly length: number;

  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super();
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }

  at(index: number): number {
    return this.start + index * this.step;
  }

  has(item: Value): boolean {
    const value = typeof item === 'boolean' ? Number(item) : item instanceof PyFloat ? item.value : item;
    if (typeof value !== 'number') return false;
    const index = (value - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  slice(start: number, stop: number, step: number): PyRange {
    return new PyRange(this.at(start), this.at(stop), this.step * step);
  }

  *[Symbol.iterator](): IterableIterator<Value> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  override equals(other: unknown): boolean {
    if (!(other instanceof PyRange) || other.length !== this.length) return false;
    if (this.length === 0) return true;
    return other.start === this.start && (this.length === 1 || other.step === this.step);
  }

  override truthy(): boolean {
    return this.length > 0;
  }

  override repr(): string {
    return this.step === 1 ? `range(${this.start}, ${this.stop})` : `range(${this.start}, ${this.stop}, ${this.step})`;
  }
}
