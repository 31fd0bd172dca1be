import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { dictEntries, isDict } from './dict.js';
import { stringifyJson } from './json-writer.js';
import type { Json, JsonObject } from './py-dict.js';
import { PyFloat } from './py-float.js';
import { UNIQUE_ITEMS } from './unique-items.js';

/** Tells what is wrong with values, e.g. `port must be integer`, or undefined. */
export type ValuesCheck = (values: JsonObject) => string | undefined;

/** Makes the matcher of a schema's `pattern`. @throws {Error} when it is none */
export type MakePattern = (pattern: string) => { readonly test: (text: string) => boolean };

/**
 * Compiles JSON Schemas (2020-12) of named values; `format` is not checked.
 * @param schemas  e.g. `{ port: { type: 'integer', default: 80 } }`
 * @param isEachRequired  whether values must be there to fit
 * @throws {Error} when one of them is no schema
 */
export function compileSchemas(schemas: JsonObject, isEachRequired: boolean, makePattern: MakePattern): ValuesCheck {
  const regExp = Object.assign((pattern: string) => named(pattern, makePattern(pattern)), { code: 'makePattern' });
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false, code: { regExp } });
  ajv.removeKeyword('uniqueItems').addKeyword(UNIQUE_ITEMS);
  const validate = ajv.compile({
    type: 'object',
    properties: plain(schemas),
    required: isEachRequired ? Object.keys(schemas) : [],
  });
  return (values) => {
    if (validate(plain(values))) return undefined;
    const [error] = validate.errors ?? [];
    return error === undefined ? 'it does not match its schema' : textOf(error);
  };
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
