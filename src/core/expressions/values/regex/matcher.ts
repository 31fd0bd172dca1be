import { BudgetExceeded } from '../../errors.js';
import type { Budget } from '../budget.js';
import { assertHolds } from './assertions.js';
import type { Instruction, Program } from './program.js';

/** Steps of the matcher are small: so many of them cost one step of the budget. */
const STEPS_PER_BUDGET_STEP = 8;
const STEPS_PER_CHARGE = 4_096;
const MAX_STACK = 8_000_000;

/** Marks of a frame, where it is not the lowest position of a run. */
const PLAIN = -1;
const LAZY_ROUND = -2;

type Loop = Extract<Instruction, { op: 'loop' }>;
type Run = Extract<Instruction, { op: 'run' }>;
type Special = Exclude<Instruction, { op: 'char' | 'class' | 'split' }>;

/**
 * Matches a program at one place of a text, backtracking on a stack of its own so that neither long texts nor bad
 * patterns can exhaust the machine's.
 */
export class Matcher {
  /** Positions of groups, -1 where one took no part; then the loops' counters. */
  readonly slots: Int32Array;
  /** Four numbers a frame: instruction, position, height of the log, mark. */
  private readonly stack: number[] = [];
  /** Slots before they were changed: slot, value. */
  private readonly log: number[] = [];
  private readonly length: number;
  private steps = 0;
  private start = 0;
  private mustAdvance = false;
  /** Where to go on after {@link special}. */
  private next = 0;

  /** @param codes  the text's code points, then -1 */
  constructor(
    private readonly program: Program,
    private readonly codes: Int32Array,
    private readonly budget: Budget,
  ) {
    this.slots = new Int32Array(program.slotCount).fill(-1);
    this.length = codes.length - 1;
  }

  /**
   * The first match from `from` on; its positions are then in `slots`.
   * @param mustAdvance  a match at `from` itself may not be empty
   * @throws {BudgetExceeded}
   */
  search(from: number, mustAdvance: boolean): boolean {
    const { first, onlyAtStart } = this.program;
    const last = onlyAtStart ? Math.min(0, this.length) : this.length;
    for (let at = from; at <= last; at++) {
      if (first) {
        const start = at;
        while (at < this.length && !first(this.codes[at] ?? -1)) at++;
        this.charge(at - start);
        if (at >= this.length) return false;
      }
      if (this.matchAt(at, mustAdvance && at === from)) return true;
    }
    return false;
  }

  /** Whether the program matches at `start`, see {@link search}. */
  matchAt(start: number, mustAdvance: boolean): boolean {
    this.start = start;
    this.mustAdvance = mustAdvance;
    this.stack.length = 0;
    this.log.length = 0;
    this.slots.fill(-1);
    this.steps += this.slots.length >> 4;
    const end = this.run(0, start);
    if (end < 0) return false;
    this.slots[0] = start;
    this.slots[1] = end;
    return true;
  }

  /** @returns the position after the match, or -1 */
  private run(firstInstruction: number, from: number): number {
    const { stack, codes, length } = this;
    const { code } = this.program;
    const base = stack.length;
    let at = firstInstruction;
    let position = from;
    for (;;) {
      if (++this.steps >= STEPS_PER_CHARGE) this.charge(0);
      const instruction = code[at] as Instruction;
      switch (instruction.op) {
        case 'char':
          if (codes[position] !== instruction.code) break;
          position++;
          at++;
          continue;
        case 'class':
          if (position >= length || !instruction.test(codes[position] as number)) break;
          position++;
          at++;
          continue;
        case 'split':
          stack.push(instruction.other, position, this.log.length, PLAIN);
          at = instruction.to;
          continue;
        default:
          position = this.special(instruction, at, position);
          if (position === ENDED) return this.end(base);
          if (position < 0) break;
          at = this.next;
          continue;
      }
      if (stack.length === base) return -1;
      position = this.backtrack();
      at = this.next;
    }
  }

  /** @returns the position to go on from at `next`, -1 to backtrack, or {@link ENDED} */
  private special(instruction: Special, at: number, position: number): number {
    this.next = at + 1;
    switch (instruction.op) {
      case 'save':
        this.set(instruction.slot, position);
        return position;
      case 'jump':
        this.next = instruction.to;
        return position;
      case 'run':
        return this.runOf(instruction, position);
      case 'assert':
        return assertHolds(instruction, this.codes, position) ? position : -1;
      case 'loopStart':
        this.set(instruction.counter, 0);
        this.set(instruction.counter + 1, -1);
        return position;
      case 'loop':
        return this.loop(instruction, at, position);
      case 'backref':
        return this.backref(instruction.index, instruction.fold, position);
      case 'condition':
        if ((this.slots[2 * instruction.index + 1] ?? -1) < 0) this.next = instruction.other;
        return position;
      case 'accept':
        if (this.mustAdvance && position === this.start) return -1;
        this.endPosition = position;
        return ENDED;
      case 'matched':
        this.endPosition = position;
        return ENDED;
      case 'look':
      case 'atomic':
        return this.alone(instruction, at, position);
    }
  }

  private endPosition = 0;

  private end(base: number): number {
    this.stack.length = base;
    return this.endPosition;
  }

  /** Goes back to the latest choice. @returns its position; the instruction is in `next` */
  private backtrack(): number {
    const { stack } = this;
    const top = stack.length;
    const mark = stack[top - 1] as number;
    const position = stack[top - 3] as number;
    this.undo(stack[top - 2] as number);
    this.next = stack[top - 4] as number;
    if (mark >= 0) {
      const shorter = this.shorten(this.program.code[this.next], position - 1, mark);
      if (shorter > mark) stack[top - 3] = shorter;
      else stack.length = top - 4;
      return shorter;
    }
    stack.length = top - 4;
    if (mark === LAZY_ROUND) this.round(this.program.code[this.next - 1] as Loop, position);
    return position;
  }

  /** The next position, going back from `position`, at which the instruction after a run can match. */
  private shorten(following: Instruction | undefined, position: number, lowest: number): number {
    if (following?.op !== 'char') return position;
    let at = position;
    while (at > lowest && this.codes[at] !== following.code) at--;
    this.steps += position - at;
    return at;
  }

  private runOf({ test, min, max, keep }: Run, position: number): number {
    const limit = Math.min(this.length, position + max);
    let end = position;
    while (end < limit && test(this.codes[end] as number)) end++;
    this.steps += end - position;
    const lowest = position + min;
    if (end < lowest) return -1;
    if (end > lowest && !keep) this.stack.push(this.next, end, this.log.length, lowest);
    return end;
  }

  private loop(loop: Loop, at: number, position: number): number {
    const count = this.slots[loop.counter] as number;
    if (count < loop.min) {
      this.set(loop.counter, count + 1);
      return position;
    }
    const mayRepeat = count < loop.max && this.slots[loop.counter + 1] !== position;
    if (loop.lazy) {
      if (mayRepeat) this.stack.push(at + 1, position, this.log.length, LAZY_ROUND);
      this.next = loop.exit;
      return position;
    }
    if (!mayRepeat) {
      this.next = loop.exit;
      return position;
    }
    this.stack.push(loop.exit, position, this.log.length, PLAIN);
    this.round(loop, position);
    return position;
  }

  private round(loop: Loop, position: number): void {
    this.set(loop.counter, (this.slots[loop.counter] as number) + 1);
    this.set(loop.counter + 1, position);
  }

  private backref(index: number, fold: ((code: number) => number) | undefined, position: number): number {
    const start = this.slots[2 * index] as number;
    const end = this.slots[2 * index + 1] as number;
    if (end < 0 || position + end - start > this.length) return -1;
    this.steps += end - start;
    for (let i = start, at = position; i < end; i++, at++) {
      const left = this.codes[i] as number;
      const right = this.codes[at] as number;
      if (left !== right && (!fold || fold(left) !== fold(right))) return -1;
    }
    return position + end - start;
  }

  private alone(instruction: Extract<Instruction, { op: 'look' | 'atomic' }>, at: number, position: number): number {
    const height = this.log.length;
    const isLook = instruction.op === 'look';
    const from = isLook ? position - instruction.behind : position;
    const end = from < 0 ? -1 : this.run(at + 1, from);
    this.next = instruction.exit;
    const negative = isLook && instruction.negative;
    if (end < 0 || negative) this.undo(height);
    if (end >= 0 === negative) return -1;
    return isLook ? position : end;
  }

  private set(slot: number, value: number): void {
    this.log.push(slot, this.slots[slot] as number);
    this.slots[slot] = value;
  }

  private undo(height: number): void {
    const { log, slots } = this;
    for (let i = log.length - 2; i >= height; i -= 2) slots[log[i] as number] = log[i + 1] as number;
    log.length = height;
  }

  private charge(more: number): void {
    this.budget.step(Math.ceil((this.steps + more) / STEPS_PER_BUDGET_STEP));
    this.steps = 0;
    if (this.stack.length > MAX_STACK || this.log.length > MAX_STACK) {
      throw new BudgetExceeded('The regular expression needs too much memory');
    }
  }
}

const ENDED = -2;
