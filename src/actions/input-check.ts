import { type ActionDefinition, fillDefaults, typeProblem } from '@tramontane/plugin-sdk';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Dict } from '../core/shared/index.js';
import { plainObject, shallowObject } from './plain-values.js';

/** Tells why an input can't be used, or undefined. */
export type InputCheck = (input: Dict) => string | undefined;

/**
 * Makes the check of an action's types, JSON Schema and own rules, in this order; names are checked elsewhere.
 * @throws {Error} when its schema is invalid
 */
export function compileInputCheck(action: ActionDefinition): InputCheck {
  const schemaProblem = action.schema === undefined ? undefined : compileSchema(action.schema);
  const isTyped = action.parameters.some((p) => p.type !== 'any');
  if (!isTyped && schemaProblem === undefined && action.validate === undefined) return () => undefined;
  return (input) => {
    const given = shallowObject(input);
    return (
      typeProblem(action.parameters, given) ??
      schemaProblem?.(plainObject(input)) ??
      action.validate?.({ input: fillDefaults(action, given) })
    );
  };
}

function compileSchema(
  schema: Readonly<Record<string, unknown>>,
): (input: Record<string, unknown>) => string | undefined {
  const draft = typeof schema['$schema'] === 'string' && schema['$schema'].includes('draft-07') ? Ajv : Ajv2020;
  const validate: ValidateFunction = new draft({ allErrors: false, strict: false }).compile(schema);
  return (input) => {
    if (validate(input)) return undefined;
    const [error] = validate.errors ?? [];
    return `input${error?.instancePath.replaceAll('/', '.') ?? ''} ${error?.message ?? 'does not match its schema'}`;
  };
}
