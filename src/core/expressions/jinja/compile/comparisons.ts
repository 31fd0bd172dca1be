import type { Value } from '../../values/index.js';
import { contains, isEqual, order } from '../runtime/index.js';
import type { CompareExpression, ComparisonOperator } from '../syntax/index.js';
import type { Evaluate } from './activation.js';
import type { CompileExpression } from './calls.js';

const COMPARE: Readonly<Record<ComparisonOperator, (a: Value, b: Value) => boolean>> = {
  '==': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  '<': (a, b) => order(a, b, '<') < 0,
  '<=': (a, b) => order(a, b, '<=') <= 0,
  '>': (a, b) => order(a, b, '>') > 0,
  '>=': (a, b) => order(a, b, '>=') >= 0,
  in: (a, b) => contains(b, a),
  'not in': (a, b) => !contains(b, a),
};

/** `a < b`, and chains `a < b < c`, in which each operand is evaluated once and none after the first false pair. */
export function compileComparison(node: CompareExpression, compile: CompileExpression): Evaluate {
  const first = compile(node.first);
  const links = node.rest.map(({ operator, operand }) => ({ holds: COMPARE[operator], evaluate: compile(operand) }));
  const [only] = links;
  if (only && links.length === 1) {
    const { holds, evaluate } = only;
    return (activation) => holds(first(activation), evaluate(activation));
  }
  return (activation) => {
    let left = first(activation);
    for (const { holds, evaluate } of links) {
      const right = evaluate(activation);
      if (!holds(left, right)) return false;
      left = right;
    }
    return true;
  };
}
