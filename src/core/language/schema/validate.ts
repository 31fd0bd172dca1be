import type { Json } from '../../shared/index.js';
import { InvalidModelError, type DefinitionPath } from '../errors.js';
import { bestMatch } from './best-match.js';
import { schemaErrors } from './keywords.js';
import type { Schema } from './schema.js';

/**
 * Checks a value against a schema.
 * @throws {InvalidModelError} `Invalid DSL: 'delay' is a required property`, with the path below `path`
 */
export function validateSchema(value: Json, schema: Schema, path: DefinitionPath): void {
  const error = bestMatch(schemaErrors(value, schema));
  if (error === undefined) return;
  throw new InvalidModelError(`Invalid DSL: ${error.message()}`, [...path, ...error.path]);
}
