import type { Value } from '../../values/index.js';
import { Markup, type Run } from '../runtime/index.js';

/** The text that a template, macro or block has produced so far. */
export class Output {
  text = '';

  constructor(private readonly run: Run) {}

  write(text: string): void {
    this.run.budget.output(text.length);
    this.text += text;
  }

  /** The text as a value: markup while escaping is on. */
  value(): Value {
    return this.run.autoescape ? new Markup(this.text) : this.text;
  }
}

/** The variables of one call of a macro, block or recursive loop, or of the template itself. */
export class Activation {
  readonly slots: (Value | undefined)[];
  /** The activation of the template, where blocks look variables up. */
  readonly root: Activation;

  constructor(
    size: number,
    readonly outer: Activation | null,
    readonly run: Run,
  ) {
    this.slots = size === 0 ? NO_SLOTS : new Array<Value | undefined>(size);
    this.root = outer ? outer.root : this;
  }
}

const NO_SLOTS: (Value | undefined)[] = [];

/** A compiled expression. */
export type Evaluate = (activation: Activation) => Value;

/** A compiled statement. */
export type Execute = (activation: Activation, output: Output) => void;
