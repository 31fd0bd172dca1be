import { PyIterator, type Value } from '../../values/index.js';

const NOTHING: Iterator<Value> = { next: () => ({ done: true, value: undefined }) };

/** A lazy sequence that can also make all its items at once, which is quicker when all are wanted anyway. */
export class LazySequence extends PyIterator {
  private source: Iterator<Value> | undefined;

  constructor(
    private readonly walk: () => Iterator<Value>,
    private readonly makeAll: () => Value[],
  ) {
    super(NOTHING);
  }

  override next(): IteratorResult<Value, undefined> {
    this.source ??= this.walk();
    const result = this.source.next();
    return result.done === true ? { done: true, value: undefined } : result;
  }

  /** All items that are left, as a new list; the sequence is at its end then. */
  takeAll(): Value[] {
    if (this.source) return [...this];
    this.source = NOTHING;
    return this.makeAll();
  }
}
