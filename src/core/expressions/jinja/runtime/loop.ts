import type { Arguments } from './arguments.js';
import type { Value } from '../../values/index.js';
import { Callable, NativeFunction, refuseNamed } from './callable.js';
import { typeError } from './errors.js';
import { isEqual } from './operators.js';
import { Undefined } from './undefined.js';

/** How a recursive loop renders the items of the next level. */
export interface LoopRecursion {
  /** Levels above this one. */
  readonly depth: number;
  readonly render: (items: Value, depth: number) => Value;
}

/** `loop` inside `for`: position, neighbours, and the way down in a recursive loop. */
export class Loop extends Callable {
  readonly typeName = 'LoopContext';
  /** Items handed out so far. */
  count = 0;
  private item: Value | undefined;
  private previous: Value | undefined;
  private following: Value | undefined;
  private changedValues: readonly Value[] | undefined;

  /** @param known  number of items, when it is known without walking them */
  constructor(
    private source: Iterator<Value>,
    private known: number | undefined,
    private readonly recursion: LoopRecursion | null,
  ) {
    super();
  }

  get current(): Value {
    return this.item ?? null;
  }

  /** Goes to the next item; false at the end. */
  advance(): boolean {
    const next = this.peek();
    this.following = undefined;
    if (next === undefined) return false;
    this.count++;
    this.previous = this.item;
    this.item = next;
    return true;
  }

  private peek(): Value | undefined {
    if (this.following === undefined) {
      const next = this.source.next();
      this.following = next.done === true ? undefined : next.value;
    }
    return this.following;
  }

  /** Number of items; walks to the end when it has to. */
  get size(): number {
    if (this.known === undefined) {
      const rest: Value[] = [];
      for (let next = this.source.next(); next.done !== true; next = this.source.next()) rest.push(next.value);
      this.source = rest[Symbol.iterator]();
      this.known = this.count + (this.following === undefined ? 0 : 1) + rest.length;
    }
    return this.known;
  }

  attribute(name: string): Value | undefined {
    const read = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
    return read?.(this);
  }

  previtem(): Value {
    return this.count > 1 ? (this.previous ?? null) : new Undefined('there is no previous item');
  }

  nextitem(): Value {
    const next = this.peek();
    return next === undefined ? new Undefined('there is no next item') : next;
  }

  isLast(): boolean {
    return this.peek() === undefined;
  }

  get depth(): number {
    return this.recursion?.depth ?? 0;
  }

  cycle(items: readonly Value[]): Value {
    if (items.length === 0) throw typeError('no items for cycling given');
    return items[(this.count - 1) % items.length] ?? null;
  }

  /** Whether the values differ from those of the last call. */
  changed(values: readonly Value[]): boolean {
    const before = this.changedValues;
    const isSame =
      before?.length === values.length && before.every((value, index) => isEqual(value, values[index] ?? null));
    if (!isSame) this.changedValues = values;
    return !isSame;
  }

  call(args: Arguments): Value {
    if (!this.recursion) throw typeError("The loop must have the 'recursive' marker to be called recursively.");
    const items = args.positional.length > 0 ? args.positional[0] : args.named.get('iterable');
    if (items === undefined || args.positional.length + args.named.size > 1) {
      throw typeError("LoopContext.__call__() missing 1 required positional argument: 'iterable'");
    }
    return this.recursion.render(items, this.recursion.depth + 1);
  }

  override truthy(): boolean {
    return this.size > 0;
  }

  override repr(): string {
    return `<LoopContext ${this.count}/${this.size}>`;
  }
}

const ATTRIBUTES: Readonly<Record<string, (loop: Loop) => Value>> = {
  index: (loop) => loop.count,
  index0: (loop) => loop.count - 1,
  revindex: (loop) => loop.size - loop.count + 1,
  revindex0: (loop) => loop.size - loop.count,
  first: (loop) => loop.count === 1,
  last: (loop) => loop.isLast(),
  length: (loop) => loop.size,
  depth: (loop) => loop.depth + 1,
  depth0: (loop) => loop.depth,
  previtem: (loop) => loop.previtem(),
  nextitem: (loop) => loop.nextitem(),
  cycle: (loop) => new NativeFunction('cycle', (args) => loop.cycle(refuseNamed('cycle', args)), 'method'),
  changed: (loop) => new NativeFunction('changed', (args) => loop.changed(refuseNamed('changed', args)), 'method'),
};
