import { DictView, PyTuple, weighBoth, type Value } from '../../values/index.js';
import { contains, isEqual, order, type Run } from '../runtime/index.js';
import type { CompareExpression, ComparisonOperator } from '../syntax/index.js';
import type { Evaluate } from './activation.js';
import type { CompileExpression } from './calls.js';

type Compare = (a: Value, b: Value, run: Run) => boolean;

const COMPARE: Readonly<Record<ComparisonOperator, Compare>> = {
  '==': equal,
  '!=': (a, b, run) => !equal(a, b, run),
  '<': ordered('<', (result) => result < 0),
  '<=': ordered('<=', (result) => result <= 0),
  '>': ordered('>', (result) => result > 0),
  '>=': ordered('>=', (result) => result >= 0),
  in: isIn,
  'not in': (a, b, run) => !isIn(a, b, run),
};

function equal(a: Value, b: Value, run: Run): boolean {
  weighBoth(a, b, run);
  return isEqual(a, b);
}

function ordered(operator: string, holds: (order: number) => boolean): Compare {
  return (a, b, run) => {
    weighBoth(a, b, run);
    return holds(order(a, b, operator));
  };
}

function isIn(item: Value, container: Value, run: Run): boolean {
  weighBoth(item, container, run);
  if (typeof container === 'string') run.touch(container);
  else if (Array.isArray(container) || container instanceof PyTuple) run.budget.step(container.length >> 3);
  else if (container instanceof DictView && container.kind !== 'keys') run.budget.step(container.size);
  return contains(container, item);
}

/** `a < b`, and chains `a < b < c`, in which each operand is evaluated once and none after the first false pair. */
export function compileComparison(node: CompareExpression, compile: CompileExpression): Evaluate {
  const first = compile(node.first);
  const links = node.rest.map(({ operator, operand }) => ({ holds: COMPARE[operator], evaluate: compile(operand) }));
  const [only] = links;
  if (only && links.length === 1) {
    const { holds, evaluate } = only;
    return (activation) => holds(first(activation), evaluate(activation), activation.run);
  }
  return (activation) => {
    let left = first(activation);
    for (const { holds, evaluate } of links) {
      const right = evaluate(activation);
      if (!holds(left, right, activation.run)) return false;
      left = right;
    }
    return true;
  };
}
