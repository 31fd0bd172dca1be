import { PyFloat } from '../../shared/index.js';
import type { Schema } from './schema.js';

export const NON_EMPTY_STRING: Schema = { type: 'string', minLength: 1 };

export const UNIQUE_STRING_LIST: Schema = { type: 'array', items: NON_EMPTY_STRING, uniqueItems: true, minItems: 1 };

export const POSITIVE_INTEGER: Schema = { type: 'integer', minimum: 0 };

const YAQL: Schema = { type: 'string', pattern: '^<%.*?%>\\s*$' };
const JINJA: Schema = { type: 'string', pattern: '^({{(.*?)}})\\s*$' };

/** A text that is one expression, or several with nothing before the first. */
export const EXPRESSION: Schema = { oneOf: [YAQL, JINJA] };

export const EXPRESSION_OR_POSITIVE_INTEGER: Schema = { oneOf: [EXPRESSION, POSITIVE_INTEGER] };

/** From 1. */
export const EXPRESSION_OR_FACTOR: Schema = { oneOf: [EXPRESSION, { type: 'number', minimum: 1 }] };

/** From 0 to 1. */
export const EXPRESSION_OR_SHARE: Schema = { oneOf: [EXPRESSION, { type: 'number', minimum: 0, maximum: 1 }] };

export const EXPRESSION_OR_BOOLEAN: Schema = { oneOf: [EXPRESSION, { type: 'boolean' }] };

export const ANY: Schema = {
  anyOf: [
    { type: 'array' },
    { type: 'boolean' },
    { type: 'integer' },
    { type: 'number' },
    { type: 'object' },
    { type: 'string' },
  ],
};

export const ANY_NULLABLE: Schema = { anyOf: [{ type: 'null' }, ...(ANY.anyOf ?? [])] };

export const NON_EMPTY_DICT: Schema = {
  type: 'object',
  minProperties: 1,
  patternProperties: { '^\\w+$': ANY_NULLABLE },
};

const ONE_KEY_DICT: Schema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  patternProperties: { '^\\w+$': ANY_NULLABLE },
};

/** `[a, {b: 1}]`. */
export const INPUT_LIST: Schema = {
  type: 'array',
  items: { oneOf: [NON_EMPTY_STRING, ONE_KEY_DICT] },
  uniqueItems: true,
  minItems: 1,
};

export const STRING_OR_STRING_LIST: Schema = { oneOf: [NON_EMPTY_STRING, UNIQUE_STRING_LIST] };

export const VERSION: Schema = {
  anyOf: [NON_EMPTY_STRING, POSITIVE_INTEGER, { type: 'number', minimum: 0 }],
};

export const VERSION_2: Schema = { enum: ['2.0', new PyFloat(2)] };

/** What every entity may have: the engine sets name and version itself. */
export const META: Readonly<Record<string, Schema>> = {
  name: NON_EMPTY_STRING,
  version: VERSION,
  description: NON_EMPTY_STRING,
  tags: UNIQUE_STRING_LIST,
};
