import type { Arguments } from './arguments.js';
import { reprText, PyTuple, type Value } from '../../values/index.js';
import { PyDict } from '../../../shared/index.js';
import { Callable } from './callable.js';
import { typeError } from './errors.js';
import type { Run } from './run.js';
import { Undefined } from './undefined.js';

/** What a macro is, apart from the scope it was defined in. */
export interface MacroDefinition {
  /** `null` for the body of a call block. */
  readonly name: string | null;
  readonly parameters: readonly string[];
  readonly takesCaller: boolean;
  readonly takesNamed: boolean;
  readonly takesRest: boolean;
}

/** The arguments of one call, sorted; `undefined` where a default is to be used. */
export interface MacroArguments {
  readonly values: readonly (Value | undefined)[];
  readonly caller: Value;
  readonly named: Value;
  readonly rest: Value;
}

/** A macro, or what a call block hands over as `caller`. */
export class Macro extends Callable {
  readonly typeName = 'Macro';

  constructor(
    private readonly definition: MacroDefinition,
    private readonly render: (args: MacroArguments, run: Run) => Value,
  ) {
    super();
  }

  call(args: Arguments, run: Run): Value {
    run.budget.step(4);
    return this.render(sortArguments(this.definition, args), run);
  }

  attribute(name: string): Value | undefined {
    const { definition } = this;
    switch (name) {
      case 'name':
        return definition.name;
      case 'arguments':
        return new PyTuple(definition.parameters);
      case 'catch_kwargs':
        return definition.takesNamed;
      case 'catch_varargs':
        return definition.takesRest;
      case 'caller':
        return definition.takesCaller;
      default:
        return undefined;
    }
  }

  override repr(): string {
    return `<Macro ${this.definition.name === null ? 'anonymous' : reprText(this.definition.name)}>`;
  }
}

function sortArguments(definition: MacroDefinition, args: Arguments): MacroArguments {
  const { parameters } = definition;
  const named = new Map(args.named);
  const values: (Value | undefined)[] = args.positional.slice(0, parameters.length);
  for (const parameter of parameters.slice(values.length)) values.push(take(named, parameter));
  const wantsCaller = definition.takesCaller && !parameters.includes('caller');
  const given = wantsCaller ? take(named, 'caller') : null;
  const caller = given ?? new Undefined('No caller defined');
  const rest = args.positional.slice(parameters.length);
  checkSurplus(definition, named, rest);
  return { values, caller, named: new PyDict<Value>(named), rest: new PyTuple(rest) };
}

function take(named: Map<string, Value>, name: string): Value | undefined {
  const value = named.get(name);
  named.delete(name);
  return value;
}

function checkSurplus(definition: MacroDefinition, named: ReadonlyMap<string, Value>, rest: readonly Value[]): void {
  const macro = `macro ${definition.name === null ? 'None' : reprText(definition.name)}`;
  const [unknown] = named.keys();
  if (unknown !== undefined && !definition.takesNamed) {
    if (named.has('caller')) {
      throw typeError(
        `${macro} was invoked with two values for the special caller argument. This is most likely a bug.`,
      );
    }
    throw typeError(`${macro} takes no keyword argument ${reprText(unknown)}`);
  }
  if (rest.length > 0 && !definition.takesRest) {
    throw typeError(`${macro} takes not more than ${definition.parameters.length} argument(s)`);
  }
}
