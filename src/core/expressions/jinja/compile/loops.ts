import { truthy, type Value } from '../../values/index.js';
import { GrammarError } from '../../errors.js';
import { iterate, Loop, sizeOf } from '../runtime/index.js';
import type { ForStatement, Statement } from '../syntax/index.js';
import { Activation, Output, type Evaluate, type Execute } from './activation.js';
import { compileExpression } from './expressions.js';
import type { Frame } from './frame.js';
import { assignsName, readsName, storedNames, targetNames } from './names.js';
import { compileTarget, type Assign } from './targets.js';

export type CompileBody = (statements: readonly Statement[], frame: Frame) => Execute;

interface CompiledLoop {
  /** Runs the body for each item; says whether there was any. */
  readonly run: (items: Value, activation: Activation, output: Output, recursion: Recursion | null) => boolean;
  readonly otherwise: Execute | null;
}

/** How deep a recursive loop is, and how it renders the items of the next level. */
interface Recursion {
  readonly depth: number;
  readonly render: (items: Value, depth: number) => Value;
}

/** @throws {GrammarError} when something in the loop assigns to `loop` */
export function compileFor(node: ForStatement, frame: Frame, compileBody: CompileBody): Execute {
  if (assignsName([node], 'loop')) throw new GrammarError("Can't assign to special loop variable in for-loop");
  const iterable = compileExpression(node.iterable, frame);
  return node.isRecursive
    ? compileRecursive(node, frame, iterable, compileBody)
    : compileFlat(node, frame, iterable, compileBody);
}

function compileFlat(node: ForStatement, frame: Frame, iterable: Evaluate, compileBody: CompileBody): Execute {
  const { run, otherwise } = compileLoop(node, frame, frame.inner(), compileBody);
  return (activation, output) => {
    const hadItems = run(iterable(activation), activation, output, null);
    if (!hadItems) otherwise?.(activation, output);
  };
}

function compileRecursive(node: ForStatement, frame: Frame, iterable: Evaluate, compileBody: CompileBody): Execute {
  const closure = frame.closure();
  const loop = compileLoop(node, closure, closure, compileBody);
  return (outer, output) => {
    const render = (items: Value, depth: number): Value => {
      const nested = new Output(outer.run);
      const activation = new Activation(closure.activationSize, outer, outer.run);
      const hadItems = loop.run(items, activation, nested, { depth, render });
      if (!hadItems) loop.otherwise?.(activation, nested);
      return nested.value();
    };
    const rendered = new Output(outer.run);
    const activation = new Activation(closure.activationSize, outer, outer.run);
    const hadItems = loop.run(iterable(outer), activation, rendered, { depth: 0, render });
    if (!hadItems) loop.otherwise?.(activation, rendered);
    output.write(rendered.text);
  };
}

function compileLoop(node: ForStatement, outer: Frame, frame: Frame, compileBody: CompileBody): CompiledLoop {
  const filter = node.filter && compileFilterTest(node, outer);
  for (const name of targetNames(node.target)) frame.declare(name, true);
  const usesLoop = node.isRecursive || readsName(node.body, 'loop') || node.body.some(holdsScopedBlock);
  const loopSlot = usesLoop ? frame.declare('loop', true) : -1;
  const given = [...targetNames(node.target), 'loop'];
  const stored = storedNames(node.body)
    .filter((name) => !given.includes(name))
    .map((name) => frame.declare(name));
  const assign = compileTarget(node.target, frame);
  const body = compileBody(node.body, frame);
  const otherwise =
    node.otherwise.length > 0 ? compileBody(node.otherwise, declareAll(outer.inner(), node.otherwise)) : null;
  const step: Execute & { assign?: Assign } = (activation, output) => {
    activation.run.budget.step();
    for (const slot of stored) activation.slots[slot] = undefined;
    body(activation, output);
  };
  const source = (items: Value, activation: Activation): Iterable<Value> =>
    filter ? filter(iterate(items), activation) : iterate(items);
  if (loopSlot < 0) return { run: plainRunner(source, assign, step), otherwise };
  return { run: loopRunner(source, filter !== null, assign, step, loopSlot), otherwise };
}

type Source = (items: Value, activation: Activation) => Iterable<Value>;

function plainRunner(source: Source, assign: Assign, step: Execute): CompiledLoop['run'] {
  return (items, activation, output) => {
    let hadItems = false;
    for (const item of source(items, activation)) {
      hadItems = true;
      assign(activation, item);
      step(activation, output);
    }
    return hadItems;
  };
}

function loopRunner(
  source: Source,
  isFiltered: boolean,
  assign: Assign,
  step: Execute,
  slot: number,
): CompiledLoop['run'] {
  return (items, activation, output, recursion) => {
    const size = isFiltered ? undefined : sizeOf(items);
    const loop = new Loop(source(items, activation)[Symbol.iterator](), size, recursion);
    while (loop.advance()) {
      activation.slots[slot] = loop;
      assign(activation, loop.current);
      step(activation, output);
    }
    return loop.count > 0;
  };
}

type ItemFilter = (items: Iterable<Value>, activation: Activation) => Iterable<Value>;

/** The `if` of a loop, which sees the loop's targets but not `loop`; its targets have slots of their own. */
function compileFilterTest(node: ForStatement, outer: Frame): ItemFilter {
  const frame = outer.inner();
  for (const name of targetNames(node.target)) frame.declare(name, true);
  const assign = compileTarget(node.target, frame);
  const test = compileExpression(node.filter ?? { kind: 'const', value: true }, frame);
  return function* (items, activation) {
    for (const item of items) {
      activation.run.budget.step();
      assign(activation, item);
      if (truthy(test(activation))) yield item;
    }
  };
}

function holdsScopedBlock(statement: Statement): boolean {
  return statement.kind === 'block' && statement.isScoped;
}

/** Declares what statements set in a scope, and returns the scope. */
export function declareAll(frame: Frame, statements: readonly Statement[]): Frame {
  for (const name of storedNames(statements)) frame.declare(name);
  return frame;
}
