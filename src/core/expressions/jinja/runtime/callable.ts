import { PyObject } from '../../../shared/index.js';
import type { Value } from '../../values/index.js';
import type { Arguments } from './arguments.js';
import { typeError } from './errors.js';
import type { Run } from './run.js';

/** A value that can be called. */
export abstract class Callable extends PyObject {
  abstract call(args: Arguments, run: Run): Value;
}

/** A parameter: its name when required, its name and default otherwise. */
export type Parameter = string | readonly [name: string, preset: Value];

/** Python's names and values of a signature: `value, width=80`. */
export function parameterName(parameter: Parameter): string {
  return typeof parameter === 'string' ? parameter : parameter[0];
}

/**
 * Values in the order of the parameters, defaults filled in.
 * @throws {PyError} TypeError for a missing, doubled or unknown argument
 */
export function bind(functionName: string, parameters: readonly Parameter[], args: Arguments): readonly Value[] {
  const { positional, named } = args;
  if (positional.length > parameters.length) {
    throw typeError(
      `${functionName}() takes ${parameters.length} positional arguments but ${positional.length} were given`,
    );
  }
  if (named.size === 0 && positional.length === parameters.length) return positional;
  const values = positional.slice();
  let used = 0;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] ?? '';
    const name = parameterName(parameter);
    const value = named.get(name);
    if (value !== undefined) {
      if (i < positional.length) throw typeError(`${functionName}() got multiple values for argument '${name}'`);
      used++;
      values.push(value);
    } else if (i >= positional.length) {
      if (typeof parameter === 'string')
        throw typeError(`${functionName}() missing 1 required positional argument: '${name}'`);
      values.push(parameter[1]);
    }
  }
  if (used < named.size) failUnknown(functionName, parameters, named);
  return values;
}

function failUnknown(functionName: string, parameters: readonly Parameter[], named: ReadonlyMap<string, Value>): never {
  const known = parameters.map(parameterName);
  const unknown = [...named.keys()].find((name) => !known.includes(name)) ?? '';
  throw typeError(`${functionName}() got an unexpected keyword argument '${unknown}'`);
}

/** @throws {PyError} TypeError when anything is named */
export function refuseNamed(functionName: string, args: Arguments): readonly Value[] {
  if (args.named.size > 0) throw typeError(`${functionName}() takes no keyword arguments`);
  return args.positional;
}

/** A function of the environment, such as `range`. */
export class NativeFunction extends Callable {
  readonly typeName: string;

  constructor(
    readonly name: string,
    private readonly run: (args: Arguments, run: Run) => Value,
    typeName = 'function',
    private readonly text = `<function ${name}>`,
  ) {
    super();
    this.typeName = typeName;
  }

  call(args: Arguments, run: Run): Value {
    return this.run(args, run);
  }

  override repr(): string {
    return this.text;
  }
}
