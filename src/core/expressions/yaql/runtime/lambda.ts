import type { Value } from '../../values/index.js';
import type { Frame } from './frame.js';

/** Compiled code: evaluates in a frame. */
export type Code = (frame: Frame) => Value;

/** An argument that is evaluated once per call, in a child of the frame it was written in. */
export class Lambda {
  constructor(
    readonly code: Code,
    readonly frame: Frame,
  ) {}

  /** Without arguments `$` keeps its meaning. */
  call0(): Value {
    this.frame.runtime.budget.step();
    return this.code(this.frame);
  }

  call1(first: Value): Value {
    this.frame.runtime.budget.step();
    return this.code(this.frame.child(first));
  }

  call2(first: Value, second: Value): Value {
    const frame = this.frame.child(first);
    frame.runtime.budget.step();
    frame.set('$2', second);
    return this.code(frame);
  }

  call(args: readonly Value[], named: Iterable<readonly [string, Value]> = []): Value {
    const frame = this.frame.child(args[0]);
    frame.runtime.budget.step();
    for (let i = 1; i < args.length; i++) frame.set(`$${i + 1}`, args[i] ?? null);
    for (const [name, value] of named) frame.set(name, value);
    return this.code(frame);
  }

  /** Evaluates in a frame that was prepared for it. */
  callIn(frame: Frame): Value {
    frame.runtime.budget.step();
    return this.code(frame);
  }
}
