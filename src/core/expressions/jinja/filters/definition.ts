import { pyRepr, type Value } from '../../values/index.js';
import { bind, parameterName, type Arguments, type Parameter, type Run } from '../runtime/index.js';

/** A filter as the parser finds it: the piped value, the arguments in brackets, the evaluation at hand. */
export type Filter = (subject: Value, args: Arguments, run: Run) => Value;

/** A filter with what its documentation says. */
export interface FilterDefinition {
  /** The name and its aliases. */
  readonly names: readonly string[];
  /** As in `join(value, d='', attribute=None)`. */
  readonly signature: string;
  readonly doc: string;
  /** An expression and what it gives, e.g. `{{ [1, 2]|join('-') }} → 1-2`. */
  readonly example: string;
  readonly apply: Filter;
}

interface Description {
  readonly names: readonly string[];
  readonly doc: string;
  readonly example: string;
}

/** A filter with a fixed list of parameters, the piped value not counted. */
export function defineFilter(
  description: Description & { readonly parameters?: readonly Parameter[] },
  apply: (subject: Value, args: readonly Value[], run: Run) => Value,
): FilterDefinition {
  const { names, doc, example, parameters = [] } = description;
  const name = names[0] ?? '';
  const bound: Filter = (subject, args, run) => apply(subject, bind(name, parameters, args), run);
  return { names, doc, example, signature: signatureOf(name, parameters), apply: bound };
}

/** A filter that takes any arguments, described by its signature. */
export function defineOpenFilter(
  description: Description & { readonly signature: string },
  apply: Filter,
): FilterDefinition {
  return { ...description, apply };
}

function signatureOf(name: string, parameters: readonly Parameter[]): string {
  const texts = parameters.map((parameter) =>
    typeof parameter === 'string' ? parameter : `${parameterName(parameter)}=${presetText(parameter[1])}`,
  );
  return `${name}(${['value', ...texts].join(', ')})`;
}

function presetText(value: Value): string {
  return typeof value === 'boolean' || value === null ? String(value ?? 'none') : pyRepr(value);
}
