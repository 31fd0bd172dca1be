import type { AssertKind, CharTest, Node, ParsedPattern, RepeatNode } from './ast.js';
import { widthOf } from './width.js';

/** One step of a compiled pattern; `to`, `other` and `exit` are indices of instructions. */
export type Instruction =
  | { readonly op: 'char'; readonly code: number }
  | { readonly op: 'class'; readonly test: CharTest }
  | { readonly op: 'assert'; readonly at: AssertKind; readonly isWord: CharTest }
  | { readonly op: 'backref'; readonly index: number; readonly fold: ((code: number) => number) | undefined }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'jump'; to: number }
  /** Goes on at `to`; when that fails, at `other`. */
  | { readonly op: 'split'; to: number; other: number }
  /** As many of one character class as there are, giving back one by one unless `keep`. */
  | { readonly op: 'run'; readonly test: CharTest; readonly min: number; readonly max: number; readonly keep: boolean }
  | { readonly op: 'loopStart'; readonly counter: number }
  | {
      readonly op: 'loop';
      readonly counter: number;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      exit: number;
    }
  /** Matches the instructions up to its `matched` on their own, then goes on at `exit`. */
  | { readonly op: 'look'; readonly behind: number; readonly negative: boolean; exit: number }
  | { readonly op: 'atomic'; exit: number }
  | { readonly op: 'condition'; readonly index: number; other: number }
  /** Ends the instructions of a `look` or `atomic`. */
  | { readonly op: 'matched' }
  /** Ends the whole program. */
  | { readonly op: 'accept' };

export interface Program {
  readonly code: readonly Instruction[];
  /** Group slots (two for each, the whole match first), then two for each counting loop. */
  readonly slotCount: number;
  /** What the first character of a match must be; absent when a match may be empty or start with anything. */
  readonly first: CharTest | undefined;
  /** Whether a match can only stand at the start of the text. */
  readonly onlyAtStart: boolean;
}

/** Turns a parsed pattern into instructions for the matcher. */
export function compileProgram(pattern: ParsedPattern): Program {
  const compiler = new Compiler(2 * (pattern.groupCount + 1));
  compiler.emit(pattern.body);
  compiler.code.push({ op: 'accept' });
  return { code: compiler.code, slotCount: compiler.slotCount, ...openingOf(compiler.code) };
}

/** What the first instructions tell about where a match can start. */
function openingOf(code: readonly Instruction[]): Pick<Program, 'first' | 'onlyAtStart'> {
  const opening = code.find((instruction) => instruction.op !== 'save');
  const onlyAtStart = opening?.op === 'assert' && opening.at === 'textStart';
  if (opening?.op === 'class' || (opening?.op === 'run' && opening.min > 0))
    return { first: opening.test, onlyAtStart };
  if (opening?.op !== 'char') return { first: undefined, onlyAtStart };
  return { first: (character) => character === opening.code, onlyAtStart };
}

class Compiler {
  readonly code: Instruction[] = [];

  constructor(public slotCount: number) {}

  emit(node: Node): void {
    switch (node.kind) {
      case 'char':
        this.code.push({ op: 'char', code: node.code });
        break;
      case 'class':
        this.code.push({ op: 'class', test: node.test });
        break;
      case 'assert':
        this.code.push({ op: 'assert', at: node.at, isWord: node.isWord });
        break;
      case 'backref':
        this.code.push({ op: 'backref', index: node.index, fold: node.fold });
        break;
      case 'sequence':
        for (const item of node.items) this.emit(item);
        break;
      case 'choice':
        this.#emitChoice(node.branches);
        break;
      case 'group':
        this.code.push({ op: 'save', slot: 2 * node.index });
        this.emit(node.body);
        this.code.push({ op: 'save', slot: 2 * node.index + 1 });
        break;
      case 'repeat':
        this.#emitRepeat(node);
        break;
      case 'atomic':
        this.#emitAlone({ op: 'atomic', exit: 0 }, node.body);
        break;
      case 'look':
        this.#emitAlone({ op: 'look', behind: node.behind ?? 0, negative: node.negative, exit: 0 }, node.body);
        break;
      case 'condition':
        this.#emitCondition(node.index, node.yes, node.no);
        break;
    }
  }

  #emitChoice(branches: readonly Node[]): void {
    const jumps: { to: number }[] = [];
    branches.forEach((branch, i) => {
      const last = i === branches.length - 1;
      const split = { op: 'split' as const, to: this.code.length + 1, other: 0 };
      if (!last) this.code.push(split);
      this.emit(branch);
      if (last) return;
      jumps.push(this.#jump());
      split.other = this.code.length;
    });
    for (const jump of jumps) jump.to = this.code.length;
  }

  #emitCondition(index: number, yes: Node, no: Node): void {
    const condition = { op: 'condition' as const, index, other: 0 };
    this.code.push(condition);
    this.emit(yes);
    const jump = this.#jump();
    condition.other = this.code.length;
    this.emit(no);
    jump.to = this.code.length;
  }

  #emitAlone(instruction: Instruction & { exit: number }, body: Node): void {
    this.code.push(instruction);
    this.emit(body);
    this.code.push({ op: 'matched' });
    instruction.exit = this.code.length;
  }

  #emitRepeat(node: RepeatNode): void {
    const { min, max, mode, body } = node;
    const test = testOf(body);
    if (max === 0) return;
    if (test && mode !== 'lazy') this.code.push({ op: 'run', test, min, max, keep: mode === 'possessive' });
    else if (mode === 'possessive') this.#emitAlone({ op: 'atomic', exit: 0 }, { ...node, mode: 'greedy' });
    else if (min <= 1 && max === Infinity && this.#advances(body)) this.#emitPlainLoop(min, mode === 'lazy', body);
    else if (min === 0 && max === 1) this.#emitOptional(mode === 'lazy', body);
    else this.#emitCountingLoop(node);
  }

  #emitOptional(lazy: boolean, body: Node): void {
    const split = this.#split();
    this.emit(body);
    aim(split, lazy, split.to, this.code.length);
  }

  /** A loop that needs no counter, since each round takes at least one character. */
  #emitPlainLoop(min: number, lazy: boolean, body: Node): void {
    const start = this.code.length;
    if (min === 1) {
      this.emit(body);
      const split = this.#split();
      aim(split, lazy, start, this.code.length);
      return;
    }
    const split = this.#split();
    this.emit(body);
    this.code.push({ op: 'jump', to: start });
    aim(split, lazy, split.to, this.code.length);
  }

  #emitCountingLoop({ min, max, mode, body }: RepeatNode): void {
    const counter = this.slotCount;
    this.slotCount += 2;
    this.code.push({ op: 'loopStart', counter });
    const start = this.code.length;
    const loop = { op: 'loop' as const, counter, min, max, lazy: mode === 'lazy', exit: 0 };
    this.code.push(loop);
    this.emit(body);
    this.code.push({ op: 'jump', to: start });
    loop.exit = this.code.length;
  }

  #advances(body: Node): boolean {
    return widthOf(body, () => ({ min: 0, max: Infinity })).min > 0;
  }

  #jump(): { to: number } {
    const jump = { op: 'jump' as const, to: 0 };
    this.code.push(jump);
    return jump;
  }

  #split(): { to: number; other: number } {
    const split = { op: 'split' as const, to: this.code.length + 1, other: 0 };
    this.code.push(split);
    return split;
  }
}

function aim(split: { to: number; other: number }, lazy: boolean, again: number, exit: number): void {
  split.to = lazy ? exit : again;
  split.other = lazy ? again : exit;
}

function testOf(node: Node): CharTest | undefined {
  if (node.kind === 'class') return node.test;
  if (node.kind !== 'char') return undefined;
  const { code } = node;
  return (other) => other === code;
}
