import type { Allowance } from '../allowance.js';
import { BudgetExceeded } from '../errors.js';

const DEFAULT_STEPS = 5_000_000;
const DEFAULT_OUTPUT = 20_000_000;

/** What one evaluation may still spend: elementary steps, and characters and items produced. */
export class Budget {
  #steps: number;
  #output: number;
  readonly #allowance: Allowance | undefined;

  /** @param allowance  what the decision that waits for it may spend, when one does */
  constructor(limits: { readonly maxSteps?: number; readonly maxOutput?: number } = {}, allowance?: Allowance) {
    this.#allowance = allowance;
    this.#steps = limits.maxSteps ?? DEFAULT_STEPS;
    this.#output = limits.maxOutput ?? DEFAULT_OUTPUT;
  }

  /** @throws {BudgetExceeded} */
  step(count = 1): void {
    this.#steps -= count;
    if (this.#steps < 0) throw new BudgetExceeded('The expression takes too many steps');
    this.#allowance?.spend(count);
  }

  /**
   * Call it before making a text or a collection of this size.
   * @throws {BudgetExceeded}
   */
  output(count: number): void {
    this.#output -= count;
    if (this.#output < 0 || Number.isNaN(count)) throw new BudgetExceeded('The expression produces too much output');
    this.#allowance?.spend(count);
  }
}
