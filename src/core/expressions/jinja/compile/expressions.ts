import { PyDict } from '../../../shared/index.js';
import { EvaluationError, GrammarError } from '../../errors.js';
import { PyTuple, truthy, type Value } from '../../values/index.js';
import { FILTERS } from '../filters/index.js';
import { remainder } from '../methods/index.js';
import {
  ARITHMETIC,
  concatenate,
  JinjaError,
  Markup,
  negate,
  positive,
  SoftUndefined,
  type BinaryFunction,
  type Run,
  checkHashable,
} from '../runtime/index.js';
import type { BinaryOperator, Expression, FilterExpression, TestExpression } from '../syntax/index.js';
import { TESTS } from '../tests.js';
import type { Activation, Evaluate } from './activation.js';
import { isConstant } from './constants.js';
import { callValue, compileArguments, paid } from './calls.js';
import { compileComparison } from './comparisons.js';
import type { Frame } from './frame.js';
import { compileMember } from './members.js';

/**
 * Compiles an expression to a function of the activation.
 * @throws {GrammarError} for an unknown filter or test outside conditions
 */
export function compileExpression(node: Expression, frame: Frame): Evaluate {
  const compile = (inner: Expression): Evaluate => compileExpression(inner, frame);
  switch (node.kind) {
    case 'const':
      return constant(node.value);
    case 'name':
      return frame.read(node.name);
    case 'attribute':
    case 'item':
      return compileMember(node, compile, isContext(node.object, frame));
    case 'call':
      return compileCall(compile(node.callee), compileArguments(node, compile));
    case 'filter':
      return compileFilter(node, frame);
    case 'test':
      return compileTest(node, frame);
    case 'compare':
      return compileComparison(node, compile);
    case 'binary':
      return compileBinary(OPERATORS[node.operator], compile(node.left), compile(node.right));
    case 'conditional':
      return compileConditional(node, frame.soft());
    case 'tuple':
    case 'list':
    case 'dict':
    case 'concat':
      return compileCollection(node, compile, frame.autoescape !== true || !isConstant(node, true));
    case 'slice':
    case 'namespace':
      throw new EvaluationError('invalid syntax');
    default:
      return compileLogic(node, compile);
  }
}

const OPERATORS: Readonly<Record<BinaryOperator, BinaryFunction>> = {
  ...ARITHMETIC,
  '%': remainder,
};

function constant(value: Value): Evaluate {
  return () => value;
}

function isContext(node: Expression, frame: Frame): boolean {
  return node.kind === 'name' && node.name === '_' && !frame.isDeclared('_');
}

function compileCall(callee: Evaluate, args: ReturnType<typeof compileArguments>): Evaluate {
  return (activation) => callValue(callee(activation), args(activation), activation);
}

function compileBinary(apply: BinaryFunction, left: Evaluate, right: Evaluate): Evaluate {
  return (activation) => apply(left(activation), right(activation), activation.run);
}

type ConditionalNode = Extract<Expression, { readonly kind: 'conditional' }>;

function compileConditional(node: ConditionalNode, frame: Frame): Evaluate {
  const test = compileExpression(node.test, frame);
  const then = compileExpression(node.then, frame);
  const otherwise = node.otherwise ? compileExpression(node.otherwise, frame) : (): Value => new SoftUndefined();
  return (activation) => (truthy(test(activation)) ? then(activation) : otherwise(activation));
}

type CollectionNode = Extract<Expression, { readonly kind: 'tuple' | 'list' | 'dict' | 'concat' }>;

/** @param heedsMarkup  `~` gives markup when there is some; not so for constants, which Jinja joins while compiling */
function compileCollection(
  node: CollectionNode,
  compile: (node: Expression) => Evaluate,
  heedsMarkup: boolean,
): Evaluate {
  if (node.kind === 'dict')
    return compileDict(node.items.map(([key, value]) => [compile(key), compile(value)] as const));
  const items = node.items.map(compile);
  const evaluateAll = (activation: Activation): Value[] => items.map((evaluate) => evaluate(activation));
  if (node.kind === 'tuple') return (activation) => makeTuple(evaluateAll(activation), activation.run);
  if (node.kind === 'concat') return (activation) => concatenate(evaluateAll(activation), activation.run, heedsMarkup);
  return (activation) => {
    activation.run.budget.output(items.length);
    return evaluateAll(activation);
  };
}

/** Tuples may become keys, whose hash walks through them: those inside are charged for at once. */
function makeTuple(items: readonly Value[], run: Run): PyTuple {
  for (const item of items) if (item instanceof PyTuple) run.weigh(item);
  return new PyTuple(items);
}

function compileDict(pairs: readonly (readonly [Evaluate, Evaluate])[]): Evaluate {
  return (activation) => {
    activation.run.budget.output(pairs.length);
    const dict = new PyDict<Value>();
    for (const [key, value] of pairs) {
      const name = key(activation);
      if (typeof name !== 'string') checkHashable(name);
      dict.set(name instanceof Markup ? name.text : name, value(activation));
    }
    return dict;
  };
}

type LogicNode = Extract<
  Expression,
  { readonly kind: 'and' | 'or' } | { readonly kind: 'not' | 'negative' | 'positive' }
>;

function compileLogic(node: LogicNode, compile: (node: Expression) => Evaluate): Evaluate {
  if ('left' in node) return compileJunction(node.kind, compile(node.left), compile(node.right));
  const operand = compile(node.operand);
  if (node.kind === 'not') return (activation) => !truthy(operand(activation));
  const apply = node.kind === 'negative' ? negate : positive;
  return (activation) => apply(operand(activation));
}

function compileJunction(kind: 'and' | 'or', left: Evaluate, right: Evaluate): Evaluate {
  const decides = kind === 'or';
  return (activation) => {
    const value = left(activation);
    return truthy(value) === decides ? value : right(activation);
  };
}

/** @param text  the rendered block, for a filter without a subject */
export function compileFilter(node: FilterExpression, frame: Frame, text?: Evaluate): Evaluate {
  const subject = filterSubject(node, frame, text);
  const args = compileArguments(node, (inner) => compileExpression(inner, frame));
  const apply = FILTERS.get(node.name);
  if (!apply) return unknown('filter', node.name, frame);
  return (activation) => {
    const { run } = activation;
    const value = subject(activation);
    run.budget.step();
    run.touchAll(value);
    return apply(value, paid(args(activation), run), run);
  };
}

function filterSubject(node: FilterExpression, frame: Frame, text: Evaluate | undefined): Evaluate {
  if (node.subject?.kind === 'filter') return compileFilter(node.subject, frame, text);
  return node.subject ? compileExpression(node.subject, frame) : (text ?? constant(''));
}

function compileTest(node: TestExpression, frame: Frame): Evaluate {
  const subject = compileExpression(node.subject, frame);
  const args = compileArguments(node, (inner) => compileExpression(inner, frame));
  const holds = TESTS.get(node.name);
  if (!holds) return unknown('test', node.name, frame);
  return (activation) => {
    const { run } = activation;
    const value = subject(activation);
    run.touch(value);
    return holds(paid(args(activation), run), run)(value);
  };
}

function unknown(what: 'filter' | 'test', name: string, frame: Frame): Evaluate {
  if (!frame.isSoft) throw new GrammarError(`No ${what} named '${name}'.`);
  return () => {
    throw new JinjaError('TemplateRuntimeError', `No ${what} named '${name}' found.`);
  };
}
