import { bind, type Arguments } from '../runtime/index.js';
import { MISTRAL_FUNCTIONS } from '../globals/index.js';
import type { FilterDefinition } from './definition.js';

/**
 * Mistral registers its functions as filters too, but then the piped value is the context, not the data:
 * `_|json_dump(x)` works, `x|json_dump` lacks its argument.
 */
export const MISTRAL_FILTERS: readonly FilterDefinition[] = MISTRAL_FUNCTIONS.map(
  ({ name, parameters, doc, example, call }): FilterDefinition => ({
    names: [name],
    signature: `${name}(context, …)`,
    doc: `${doc} The piped value is the context; better called as a function.`,
    example,
    apply: (subject, args: Arguments, run) => call(() => subject, bind(`${name}_`, parameters, args), run),
  }),
);
