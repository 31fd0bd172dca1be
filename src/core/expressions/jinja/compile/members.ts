import type { Value } from '../../values/index.js';
import { getAttribute, getItem, getSlice, isDictMethod, isHidden, plainItem } from '../methods/index.js';
import type { Run } from '../runtime/index.js';
import type { Expression } from '../syntax/index.js';
import type { Evaluate } from './activation.js';
import type { CompileExpression } from './calls.js';

type Member = Extract<Expression, { readonly kind: 'attribute' | 'item' }>;

/** `object.name`, `object[key]` and `object[a:b]`. @param isRoot  the object is the data context itself */
export function compileMember(node: Member, compile: CompileExpression, isRoot: boolean): Evaluate {
  if (node.kind === 'attribute') return compileAttribute(node.object, node.name, compile, isRoot);
  const object = compile(node.object);
  if (node.key.kind === 'slice') return compileSlice(object, node.key, compile);
  if (node.key.kind === 'const' && typeof node.key.value === 'string' && isRoot) {
    const name = node.key.value;
    return ({ run }) => rootMember(run, name, getItem);
  }
  const key = compile(node.key);
  return (activation) => {
    const target = object(activation);
    activation.run.touch(target);
    return getItem(target, key(activation));
  };
}

function compileAttribute(objectNode: Expression, name: string, compile: CompileExpression, isRoot: boolean): Evaluate {
  const isPlain = !isDictMethod(name) && !isHidden(name);
  if (isRoot && isPlain) return ({ run }) => rootMember(run, name, getAttribute);
  const object = compile(objectNode);
  if (!isPlain) return (activation) => getAttribute(object(activation), name);
  return (activation) => {
    const value = object(activation);
    const item = plainItem(value, name);
    return item === undefined ? getAttribute(value, name) : item;
  };
}

/** A context of layers is a dict, so it need not be put together to say that a name is missing. */
function rootMember(run: Run, name: string, get: (object: Value, name: string) => Value): Value {
  const item = run.rootItem(name);
  if (item !== undefined) return item;
  return get(run.scope.root === undefined ? EMPTY : run.root(), name);
}

const EMPTY: Value = {};

type SliceNode = Extract<Expression, { readonly kind: 'slice' }>;

function compileSlice(object: Evaluate, node: SliceNode, compile: CompileExpression): Evaluate {
  const part = (expression: Expression | null): Evaluate => (expression ? compile(expression) : () => null);
  const start = part(node.start);
  const stop = part(node.stop);
  const step = part(node.step);
  return (activation) => {
    const target = object(activation);
    activation.run.budget.step();
    activation.run.touch(target);
    const slice = { start: start(activation), stop: stop(activation), step: step(activation) };
    return countSlice(getSlice(target, slice), activation.run);
  };
}

function countSlice(result: Value, run: Run): Value {
  if (Array.isArray(result) || typeof result === 'string') run.budget.output(result.length);
  return result;
}
