import { pyRepr, PyRegex } from '../expressions/index.js';
import { compileSchemas, isDict, type Json, type JsonObject, StateError, type ValuesCheck } from '../shared/index.js';

const COMPILED = new WeakMap<JsonObject, ValuesCheck>();

/**
 * What values have against the JSON Schemas of a workflow, once compiled per definition; a `pattern` is Python's, as in
 * expressions, and takes bounded time.
 * @returns `, invalid=['port must be integer']`, or undefined
 */
export function schemaProblem(
  schemas: JsonObject | undefined,
  values: Json,
  isEachRequired: boolean,
): string | undefined {
  if (schemas === undefined) return undefined;
  const problem = isDict(values) ? checkOf(schemas, isEachRequired)(values as JsonObject) : 'it is no object';
  return problem === undefined ? undefined : `, invalid=${pyRepr([problem])}`;
}

function checkOf(schemas: JsonObject, isEachRequired: boolean): ValuesCheck {
  const known = COMPILED.get(schemas);
  if (known !== undefined) return known;
  try {
    const made = compileSchemas(schemas, isEachRequired, (pattern) => new PyRegex(pattern));
    COMPILED.set(schemas, made);
    return made;
  } catch (cause) {
    throw new StateError(`A schema can't be used: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
