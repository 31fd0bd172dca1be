import {
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  dictSize,
  isDict,
  PyFloat,
  pythonRepr,
  type Dict,
  type Json,
} from '../../shared/index.js';
import { identityOf } from './identity.js';
import { matchesPattern } from './patterns.js';
import type { Schema, SchemaType } from './schema.js';

/** One violation, with the violations of the alternatives below it when no alternative fits. */
export interface SchemaError {
  /** The message; made only for the error that is reported, since alternatives fail all the time. */
  readonly message: () => string;
  /** From the value that the keyword looks at. */
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  /** The value is of the type that the schema asks for. */
  readonly matchesType: boolean;
  readonly context: readonly SchemaError[];
}

/** All violations of a schema by a value, in the order of the schema's keywords. */
export function schemaErrors(value: Json, schema: Schema): readonly SchemaError[] {
  const errors: SchemaError[] = [];
  const matchesType = schema.type !== undefined && isOfType(value, schema.type);
  for (const keyword of Object.keys(schema)) {
    for (const found of KEYWORDS[keyword]?.(value, schema) ?? NONE) {
      errors.push({ path: NO_PATH, keyword, matchesType, context: NO_CONTEXT, ...found });
    }
  }
  return errors;
}

type Found = Pick<SchemaError, 'message'> & Partial<SchemaError>;
type Keyword = (value: Json, schema: Schema) => readonly Found[];

const NONE: readonly Found[] = [];
const NO_PATH: SchemaError['path'] = [];
const NO_CONTEXT: SchemaError['context'] = [];

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: (value, { type = 'object' }) =>
    fail(!isOfType(value, type), () => `${pythonRepr(value)} is not of type '${type}'`),
  enum: (value, { enum: allowed = [] }) =>
    fail(
      isDict(value) || isArray(value) || !allowed.some((one) => identityOf(one) === identityOf(value)),
      () => `${pythonRepr(value)} is not one of ${pythonRepr(allowed)}`,
    ),
  minLength: (value, { minLength = 0 }) =>
    fail(typeof value === 'string' && value.length < minLength, () => `${pythonRepr(value)} ${tooShort(minLength)}`),
  pattern: (value, { pattern = '' }) =>
    fail(typeof value === 'string' && !matchesPattern(pattern, value), () => {
      return `${pythonRepr(value)} does not match ${pythonRepr(pattern)}`;
    }),
  minimum: (value, { minimum = 0 }) =>
    fail(isOfType(value, 'number') && Number(value) < minimum, () => {
      return `${pythonRepr(value)} is less than the minimum of ${minimum}`;
    }),
  maximum: (value, { maximum = 0 }) =>
    fail(isOfType(value, 'number') && Number(value) > maximum, () => {
      return `${pythonRepr(value)} is greater than the maximum of ${maximum}`;
    }),
  items: (value, { items = {} }) =>
    isArray(value) ? value.flatMap((item, index) => descend(item, items, index)) : NONE,
  minItems: (value, { minItems = 0 }) =>
    fail(isArray(value) && value.length < minItems, () => `${pythonRepr(value)} ${tooShort(minItems)}`),
  uniqueItems: (value) => fail(isArray(value) && hasTwins(value), () => `${pythonRepr(value)} has non-unique elements`),
  properties: (value, { properties = {} }) =>
    inDict(value, (dict) =>
      Object.entries(properties).flatMap(([name, schema]) => {
        const member = dictGet(dict, name);
        return member === undefined ? NONE : descend(member, schema, name);
      }),
    ),
  patternProperties: (value, { patternProperties = {} }) =>
    inDict(value, (dict) =>
      Object.entries(patternProperties).flatMap(([pattern, schema]) =>
        dictEntries(dict).flatMap(([key, member]) => patternMember(key, member, pattern, schema)),
      ),
    ),
  additionalProperties: (value, schema) => inDict(value, (dict) => additionalErrors(dict, schema)),
  required: (value, { required = [] }) =>
    inDict(value, (dict) =>
      required
        .filter((name) => !dictHas(dict, name))
        .map((name) => ({ message: () => `${pythonRepr(name)} is a required property` })),
    ),
  minProperties: (value, { minProperties = 0 }) =>
    inDict(value, (dict) =>
      fail(dictSize(dict) < minProperties, () => {
        return `${pythonRepr(value)} ${minProperties === 1 ? 'should be non-empty' : 'does not have enough properties'}`;
      }),
    ),
  maxProperties: (value, { maxProperties = 0 }) =>
    inDict(value, (dict) => fail(dictSize(dict) > maxProperties, () => `${pythonRepr(value)} has too many properties`)),
  anyOf: (value, { anyOf = [] }) => alternativeErrors(value, anyOf),
  oneOf: (value, { oneOf = [] }) => {
    const found = oneOf.map((schema) => schemaErrors(value, schema));
    const [first, ...others] = oneOf.filter((_, index) => found[index]?.length === 0);
    if (first === undefined) return noAlternative(value, found.flat());
    return fail(others.length > 0, () => {
      const schemas = [...others, first].map((schema) => pythonRepr(schema as Json));
      return `${pythonRepr(value)} is valid under each of ${schemas.join(', ')}`;
    });
  },
  not: (value, { not = {} }) =>
    fail(schemaErrors(value, not).length === 0, () => {
      return `${pythonRepr(value)} should not be valid under ${pythonRepr(not as Json)}`;
    }),
};

function fail(isWrong: boolean, message: () => string): readonly Found[] {
  return isWrong ? [{ message }] : NONE;
}

function descend(value: Json, schema: Schema, step: string | number): readonly SchemaError[] {
  return schemaErrors(value, schema).map((error) => ({ ...error, path: [step, ...error.path] }));
}

function alternativeErrors(value: Json, schemas: readonly Schema[]): readonly Found[] {
  const all: SchemaError[] = [];
  for (const schema of schemas) {
    const errors = schemaErrors(value, schema);
    if (errors.length === 0) return NONE;
    for (const error of errors) all.push(error);
  }
  return noAlternative(value, all);
}

function noAlternative(value: Json, context: readonly SchemaError[]): readonly Found[] {
  return [{ message: () => `${pythonRepr(value)} is not valid under any of the given schemas`, context }];
}

/** Python's validator breaks on keys that are no text; here they are refused. */
function patternMember(key: Json, member: Json, pattern: string, schema: Schema): readonly Found[] {
  if (typeof key !== 'string') {
    return [{ message: () => `the key ${pythonRepr(key)} is no text (put it in quotes)` }];
  }
  return matchesPattern(pattern, key) ? descend(member, schema, key) : NONE;
}

function additionalErrors(dict: Dict, schema: Schema): readonly Found[] {
  const { additionalProperties: allowed = true, properties = {}, patternProperties = {} } = schema;
  if (allowed === true) return NONE;
  const patterns = Object.keys(patternProperties);
  const isAdditional = (key: Json): boolean =>
    typeof key !== 'string' ||
    (!Object.hasOwn(properties, key) && !patterns.some((pattern) => matchesPattern(pattern, key)));
  const extras = dictKeys(dict).filter(isAdditional);
  if (extras.length === 0) return NONE;
  if (allowed !== false) {
    return extras.flatMap((key) =>
      descend(dictGet(dict, key) ?? null, allowed, typeof key === 'string' ? key : pythonRepr(key)),
    );
  }
  const names = extras.map(pythonRepr).sort().join(', ');
  if (patterns.length > 0) {
    const regexes = patterns.map(pythonRepr).sort().join(', ');
    return [
      { message: () => `${names} ${extras.length === 1 ? 'does' : 'do'} not match any of the regexes: ${regexes}` },
    ];
  }
  const verb = extras.length === 1 ? 'was' : 'were';
  return [{ message: () => `Additional properties are not allowed (${names} ${verb} unexpected)` }];
}

function inDict(value: Json, look: (dict: Dict) => readonly Found[]): readonly Found[] {
  return isDict(value) ? look(value) : NONE;
}

function tooShort(minimum: number): string {
  return minimum === 1 ? 'should be non-empty' : 'is too short';
}

function isOfType(value: Json, type: SchemaType): boolean {
  switch (type) {
    case 'array':
      return isArray(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return (
        typeof value === 'bigint' || value instanceof PyFloat || (typeof value === 'number' && Number.isInteger(value))
      );
    case 'null':
      return value === null;
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat;
    case 'object':
      return isDict(value);
    case 'string':
      return typeof value === 'string';
  }
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function hasTwins(items: readonly Json[]): boolean {
  return new Set(items.map(identityOf)).size < items.length;
}
