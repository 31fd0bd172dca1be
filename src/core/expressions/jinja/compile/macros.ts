import { EvaluationError, GrammarError } from '../../errors.js';
import type { Value } from '../../values/index.js';
import { Macro, Undefined, undefinedName, type MacroArguments, type MacroDefinition } from '../runtime/index.js';
import type { Signature, Statement } from '../syntax/index.js';
import { Activation, Output, type Evaluate } from './activation.js';
import { compileExpression } from './expressions.js';
import type { Frame } from './frame.js';
import { declareAll, type CompileBody } from './loops.js';
import { readsName } from './names.js';

interface MacroSource {
  readonly name: string | null;
  readonly signature: Signature;
  readonly body: readonly Statement[];
}

/** Compiles a macro or the body of a call block to a function that makes the macro in the scope at hand. */
export function compileMacro(
  source: MacroSource,
  outer: Frame,
  compileBody: CompileBody,
): (activation: Activation) => Macro {
  const definition = define(source);
  const frame = outer.closure();
  const fill = compileParameters(source, definition, frame);
  const body = compileBody(source.body, declareAll(frame, source.body));
  return (defined) => {
    const render = (args: MacroArguments): Value => {
      const activation = new Activation(frame.activationSize, defined, defined.run);
      const output = new Output(defined.run);
      fill(activation, args);
      body(activation, output);
      return output.value();
    };
    return new Macro(definition, render);
  };
}

function define({ name, signature, body }: MacroSource): MacroDefinition {
  const { parameters, defaults } = signature;
  const readsCaller = readsName(body, 'caller');
  if (new Set(parameters).size < parameters.length) throw new EvaluationError('duplicate argument in macro definition');
  const callerAt = parameters.indexOf('caller');
  if (readsCaller && callerAt >= 0 && callerAt < parameters.length - defaults.length) {
    throw new GrammarError(
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
    );
  }
  return {
    name,
    parameters,
    takesCaller: readsCaller,
    takesNamed: !parameters.includes('kwargs') && readsName(body, 'kwargs'),
    takesRest: !parameters.includes('varargs') && readsName(body, 'varargs'),
  };
}

type Fill = (activation: Activation, args: MacroArguments) => void;

function compileParameters({ signature }: MacroSource, definition: MacroDefinition, frame: Frame): Fill {
  const { parameters, defaults } = signature;
  const slots = parameters.map((name) => frame.declare(name, true));
  const caller = definition.takesCaller && !parameters.includes('caller') ? frame.declare('caller', true) : -1;
  const named = definition.takesNamed ? frame.declare('kwargs', true) : -1;
  const rest = definition.takesRest ? frame.declare('varargs', true) : -1;
  const presets = parameters.map((name, index): Evaluate => {
    const preset = defaults[index - (parameters.length - defaults.length)];
    return preset ? compileExpression(preset, frame) : () => new Undefined(`parameter '${name}' was not provided`);
  });
  return (activation, args) => {
    const put = (slot: number, value: Value): void => {
      if (slot >= 0) activation.slots[slot] = value;
    };
    put(caller, args.caller);
    put(named, args.named);
    put(rest, args.rest);
    slots.forEach((slot, index) => {
      const value = args.values[index];
      put(slot, value === undefined ? undefinedName(parameters[index] ?? '') : value);
    });
    slots.forEach((slot, index) => {
      if (args.values[index] === undefined) put(slot, presets[index]?.(activation) ?? null);
    });
  };
}
