import type { Value } from '../../values/index.js';
import { MISTRAL_FUNCTIONS, type MistralFunction } from '../globals/index.js';
import { bind, parameterName, Undefined, type Arguments, type Run } from '../runtime/index.js';
import type { FilterDefinition } from './definition.js';

/**
 * Mistral's functions as filters. What is piped in is the first argument, as with any filter: `x|json_dump`. In the
 * original it is always the context: `x|json_dump` lacks its argument there and `_|json_dump(x)` works, which it does
 * here too.
 */
export const MISTRAL_FILTERS: readonly FilterDefinition[] = MISTRAL_FUNCTIONS.map((definition): FilterDefinition => {
  const { name, parameters, doc, example, call } = definition;
  return {
    names: [name],
    signature: `${name}(${['value', ...parameters.slice(1).map(parameterName)].join(', ')})`,
    doc,
    example,
    apply: (subject, args, run) => {
      const all = isArgument(subject, definition, args, run) ? withFirst(subject, args) : args;
      return call(() => subject, bind(`${name}_`, parameters, all), run);
    },
  };
});

/** Whether a piped value is the function's first argument rather than the context. */
function isArgument(subject: Value, { parameters }: MistralFunction, args: Arguments, run: Run): boolean {
  const [first] = parameters;
  if (run.scope.asOriginal === true || first === undefined) return false;
  if (args.positional.length > 0 || args.named.has(parameterName(first))) return false;
  if (subject instanceof Undefined) subject.fail();
  return typeof first === 'string' || subject !== run.root();
}

function withFirst(subject: Value, { positional, named }: Arguments): Arguments {
  return { positional: [subject, ...positional], named };
}
