import { dictEntries, isDict } from '../../../shared/index.js';
import { typeName, type Value } from '../../values/index.js';
import {
  Callable,
  iterate,
  NOTHING_NAMED,
  textOf,
  typeError,
  Undefined,
  type Arguments,
  type Run,
} from '../runtime/index.js';
import { EvaluationError } from '../../errors.js';
import type { CallArguments, Expression } from '../syntax/index.js';
import type { Activation, Evaluate } from './activation.js';

/** Compiles an expression of the scope at hand. */
export type CompileExpression = (expression: Expression) => Evaluate;

/** Compiles the arguments of a call to a function that evaluates them from left to right. */
export function compileArguments(
  args: CallArguments,
  compile: CompileExpression,
): (activation: Activation) => Arguments {
  const positional = args.positional.map(compile);
  if (args.named.length === 0 && !args.star && !args.doubleStar) return positionalOnly(positional);
  const named = args.named.map(({ name, value }) => [name, compile(value)] as const);
  const star = args.star && compile(args.star);
  const doubleStar = args.doubleStar && compile(args.doubleStar);
  checkRepeated(args);
  return (activation) => {
    const values = positional.map((evaluate) => evaluate(activation));
    const byName = new Map<string, Value>();
    for (const [name, evaluate] of named) byName.set(name, evaluate(activation));
    if (star) for (const value of iterate(star(activation))) values.push(value);
    if (doubleStar) addNamed(byName, doubleStar(activation));
    return { positional: values, named: byName };
  };
}

function positionalOnly(positional: readonly Evaluate[]): (activation: Activation) => Arguments {
  const [first] = positional;
  if (!first) return () => NONE;
  if (positional.length === 1) return (activation) => ({ positional: [first(activation)], named: NOTHING_NAMED });
  return (activation) => ({ positional: positional.map((evaluate) => evaluate(activation)), named: NOTHING_NAMED });
}

const NONE: Arguments = { positional: [], named: NOTHING_NAMED };

function checkRepeated(args: CallArguments): void {
  const names = args.named.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new EvaluationError(`keyword argument repeated: ${repeated}`);
}

function addNamed(named: Map<string, Value>, more: Value): void {
  if (more instanceof Undefined) more.fail();
  if (!isDict<Value>(more)) throw typeError(`argument after ** must be a mapping, not ${typeName(more)}`);
  for (const [key, value] of dictEntries<Value>(more)) {
    const name = textOf(key);
    if (name === undefined) throw typeError('keywords must be strings');
    if (named.has(name)) throw typeError(`got multiple values for keyword argument '${name}'`);
    named.set(name, value);
  }
}

/** Charges for long arguments; returns all. */
export function paid(args: Arguments, run: Run): Arguments {
  for (const value of args.positional) run.touch(value);
  for (const value of args.named.values()) run.touch(value);
  return args;
}

/** Calls a value. @throws {PyError} TypeError for what can't be called */
export function callValue(callee: Value, args: Arguments, activation: Activation): Value {
  const { run } = activation;
  run.budget.step();
  if (callee instanceof Callable) return callee.call(paid(args, run), run);
  if (callee instanceof Undefined) callee.fail();
  throw typeError(`'${typeName(callee)}' object is not callable`);
}
