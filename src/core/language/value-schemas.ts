import { compileSchemas, type JsonObject, pythonRepr } from '../shared/index.js';
import { InvalidModelError, type DefinitionPath } from './errors.js';
import type { WorkflowSpec } from './spec.js';

/**
 * Checks `input-schema` and `output-schema`: each member a JSON Schema, those of the first of inputs that are declared.
 * @throws {InvalidModelError}
 */
export function checkValueSchemas(spec: WorkflowSpec, path: DefinitionPath): void {
  const { input, inputSchema, outputSchema } = spec;
  const declared = new Set(input.map(({ name }) => name));
  for (const name of Object.keys(inputSchema ?? {})) {
    if (declared.has(name)) continue;
    throw new InvalidModelError(`Invalid DSL: input-schema: ${pythonRepr(name)} is no input of the workflow`, [
      ...path,
      'input-schema',
      name,
    ]);
  }
  for (const [attribute, schemas] of [['input-schema', inputSchema] as const, ['output-schema', outputSchema] as const])
    for (const [name, schema] of Object.entries(schemas ?? {}))
      checkSchema({ [name]: schema }, [...path, attribute, name]);
}

function checkSchema(schemas: JsonObject, path: DefinitionPath): void {
  try {
    compileSchemas(schemas, false, (pattern) => new RegExp(pattern, 'u'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidModelError(`Invalid DSL: ${path.slice(-2).join('.')}: ${reason}`, path, { cause });
  }
}
