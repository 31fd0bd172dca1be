import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { dictEntries, isDict } from './dict.js';
import { stringifyJson } from './json-writer.js';
import type { Json, JsonObject } from './py-dict.js';
import { PyFloat } from './py-float.js';
import { UNIQUE_ITEMS } from './unique-items.js';

/** Tells what is wrong with values, e.g. `port must be integer`, or undefined. */
export type ValuesCheck = (values: JsonObject) => string | undefined;

/** Makes the matcher of a schema's `pattern`. @throws {Error} when it is none */
export type MakePattern = (pattern: string) => { readonly test: (text: string) => boolean };

/** How schemas are compiled; a constant, since validators are kept by it. */
export interface SchemaOptions {
  readonly makePattern: MakePattern;
  /** Whether the schemas are known to be schemas. */
  readonly isChecked: boolean;
}

/** Members compiled together: the time that takes grows faster than their number. */
const TOGETHER = 20;
/** What may point to another member, so that all must be together. */
const REFERENCE = /"\$(?:ref|dynamicRef|recursiveRef)":/;

/**
 * Compiles JSON Schemas (2020-12) of named values; `format` is not checked.
 * @param schemas  e.g. `{ port: { type: 'integer', default: 80 } }`
 * @param isEachRequired  whether values must be there to fit
 * @throws {Error} when one of them is no schema
 */
export function compileSchemas(schemas: JsonObject, isEachRequired: boolean, options: SchemaOptions): ValuesCheck {
  const checks = objectSchemas(schemas, isEachRequired).map((schema) => compile(schema, options));
  return (values) => {
    const data = plain(values);
    for (const validate of checks) {
      if (validate(data)) continue;
      const [error] = validate.errors ?? [];
      return error === undefined ? 'it does not match its schema' : textOf(error);
    }
    return undefined;
  };
}

/** Schemas that an object fits, one after the other, when its members fit theirs. */
function objectSchemas(schemas: JsonObject, isEachRequired: boolean): readonly ObjectSchema[] {
  const members = Object.entries(plain(schemas) as Readonly<Record<string, object>>);
  const required = isEachRequired ? members.map(([name]) => name) : [];
  const size = hasReference(schemas) ? members.length : TOGETHER;
  if (members.length <= size) return [{ type: 'object', properties: Object.fromEntries(members), required }];
  const parts: ObjectSchema[] = [{ type: 'object', properties: {}, required }];
  for (let at = 0; at < members.length; at += size)
    parts.push({ type: 'object', properties: Object.fromEntries(members.slice(at, at + size)), required: [] });
  return parts;
}

interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

function hasReference(schemas: unknown): boolean {
  return REFERENCE.test(JSON.stringify(schemas));
}

/** A validator remembers something of all that it has compiled, so it is replaced after so many schemas. */
const MOST_COMPILED = 200;
const VALIDATORS = new WeakMap<SchemaOptions, { readonly ajv: Ajv2020; left: number }>();

function compile(schema: ObjectSchema, options: SchemaOptions): ValidateFunction {
  // A reference may also find what another schema has left behind.
  if (hasReference(schema)) return newValidator(options).compile(schema);
  let kept = VALIDATORS.get(options);
  if (kept === undefined || kept.left === 0) kept = { ajv: newValidator(options), left: MOST_COMPILED };
  kept.left--;
  VALIDATORS.set(options, kept);
  try {
    return kept.ajv.compile(schema);
  } finally {
    kept.ajv.removeSchema(schema);
  }
}

function newValidator({ makePattern, isChecked }: SchemaOptions): Ajv2020 {
  const regExp = Object.assign((pattern: string) => named(pattern, makePattern(pattern)), { code: 'makePattern' });
  // To improve what it compiles takes the validator longer than all checks.
  const ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    validateSchema: !isChecked,
    logger: false,
    code: { regExp, optimize: false },
  });
  return ajv.removeKeyword('uniqueItems').addKeyword(UNIQUE_ITEMS);
}

/** The validator tells patterns apart by their texts. */
function named(pattern: string, made: ReturnType<MakePattern>): ReturnType<MakePattern> {
  const toString = (): string => pattern;
  return { test: (text) => made.test(text), ...{ toString } };
}

function textOf({ instancePath, keyword, message, params }: ErrorObject): string {
  const steps = instancePath.split('/').slice(1);
  const path = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
  const allowed = keyword === 'enum' ? `: ${JSON.stringify(params['allowedValues'])}` : '';
  return `${path} ${message ?? 'does not match its schema'}${allowed}`.trimStart();
}

/** As the validator knows values; integers of any size are numbers for it. */
function plain(value: Json): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof PyFloat) return value.value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain);
  if (!isDict(value)) return value;
  return Object.fromEntries(
    dictEntries(value).map(([key, item]) => [typeof key === 'string' ? key : stringifyJson(key), plain(item)]),
  );
}
