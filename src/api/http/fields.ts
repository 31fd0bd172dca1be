import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage, ValidateBy } from 'class-validator';
import {
  isDict,
  type Json,
  type JsonObject,
  parseJson,
  PyFloat,
  pythonRepr,
  stringifyJson,
  InputError,
} from '../../core/shared/index.js';

/** Of a value that is refused. */
const SHOWN_CHARACTERS = 200;

const EITHER_FORM: ApiPropertyOptions = {
  oneOf: [
    { type: 'object', additionalProperties: true },
    { type: 'string', format: 'json' },
  ],
};

/** How a field is documented; every field says what it is and shows one. */
export interface FieldDoc {
  readonly description: string;
  readonly example?: unknown;
  /** May not be null in answers; in bodies null always counts as absent. */
  readonly isRequired?: boolean;
}

/** A text. */
export function TextField(doc: FieldDoc): PropertyDecorator {
  return textOf(doc, {});
}

/** `YYYY-MM-DD HH:MM:SS` in UTC. */
export function DateField(doc: FieldDoc): PropertyDecorator {
  const format = { format: 'date-time-local', pattern: String.raw`^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$` };
  return textOf({ example: '2026-01-31 10:00:00', ...doc }, format);
}

/** One of a few words. */
export function ChoiceField(values: readonly string[], doc: FieldDoc): PropertyDecorator {
  return applyDecorators(
    documented(doc, { type: 'string', enum: [...values] }),
    check(
      'choice',
      (value) => values.includes(value as string),
      (name, value) => invalidText(name, value, `Value should be one of: ${values.join(', ')}`),
    ),
  );
}

export function FlagField(doc: FieldDoc): PropertyDecorator {
  return field(doc, { type: 'boolean' }, 'boolean', (value) => typeof value === 'boolean');
}

export function IntegerField(doc: FieldDoc): PropertyDecorator {
  return field(doc, { type: 'integer' }, 'integer', (value) => typeof value === 'number' && Number.isInteger(value));
}

/** A whole number from 1 on, also as text. */
export function CountField(doc: FieldDoc): PropertyDecorator {
  return applyDecorators(
    documented(doc, { type: 'integer', minimum: 1 }),
    check(
      'count',
      (value) => (countOf(value) ?? 0) >= 1,
      (name, value) =>
        countOf(value) === undefined
          ? wrongType(name, value, 'integer')
          : invalidText(name, value, 'Value should be greater or equal to 1.'),
    ),
  );
}

/** The number of a {@link CountField}, e.g. of `42` or `"42"`; undefined for anything else. */
export function countOf(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\s*[-+]?\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** A list of texts. */
export function TextsField(doc: FieldDoc): PropertyDecorator {
  return field(doc, { type: 'array', items: { type: 'string' } }, 'array', (value) => Array.isArray(value));
}

/** A JSON object inside a text, as answers have it. */
export function JsonTextField(doc: FieldDoc): PropertyDecorator {
  return documented(doc, { type: 'string', format: 'json' });
}

/** A JSON object in a body, as it is or inside a text. */
export function JsonField(doc: FieldDoc): PropertyDecorator {
  return applyDecorators(
    documented(doc, EITHER_FORM),
    check(
      'json',
      (value) => problemOfObject(value) === undefined,
      (name, value) => wrongObject(name, value, problemOfObject(value) ?? ''),
    ),
  );
}

/** Whether a field of a DTO is a {@link JsonField} or an {@link UncheckedJsonField}. */
export function isJsonField(dto: Type<object>, name: string): boolean {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
  return rules.some((rule) => rule.propertyName === name && (rule.name === 'json' || rule.name === 'any'));
}

/** As {@link JsonField}, but its handler has its own rules. */
export function UncheckedJsonField(doc: FieldDoc): PropertyDecorator {
  return applyDecorators(
    documented(doc, EITHER_FORM),
    check(
      'any',
      () => true,
      () => '',
    ),
  );
}

/**
 * The object of a {@link JsonField}; null is `{}`, as JSON text too.
 * @returns undefined when the field is absent
 */
export function objectOf(value: unknown): JsonObject | undefined {
  if (value === undefined) return undefined;
  const parsed = typeof value === 'string' ? parseJson(value, { allowNaN: true }) : value;
  // A PyDict is a dict whose order or keys a plain object can't hold; the core takes both.
  if (isDict(parsed)) return parsed as JsonObject;
  if (parsed === '' || parsed === null || parsed === false) return {};
  throw new InputError(notAnObject(parsed as Json));
}

/** What is wrong with a value that should be an object; it is shown as Python would print it. */
export function notAnObject(value: Json): string {
  const text = typeof value === 'string' ? value : pythonRepr(beginning(value));
  return `JsonType field value must be a dictionary [actual=${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}]`;
}

/** JSON that is no object is told without the field, as in Mistral. */
function wrongObject(name: string, value: unknown, why: string): string {
  return typeof value === 'string' && why.startsWith('JsonType') ? why : invalidText(name, value, why);
}

function problemOfObject(value: unknown): string | undefined {
  try {
    objectOf(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function textOf(doc: FieldDoc, schema: ApiPropertyOptions): PropertyDecorator {
  return applyDecorators(
    field(doc, { type: 'string', ...schema }, 'string', (value) => typeof value === 'string'),
    check(
      'storable',
      (value) => typeof value !== 'string' || !value.includes('\0'),
      (name) => `Invalid input for field/attribute ${name}. It must not hold the character with the code zero.`,
    ),
  );
}

function field(
  doc: FieldDoc,
  schema: ApiPropertyOptions,
  type: string,
  isRight: (value: unknown) => boolean,
): PropertyDecorator {
  return applyDecorators(
    documented(doc, schema),
    check(type, isRight, (name, value) => wrongType(name, value, type)),
  );
}

function wrongType(name: string, value: unknown, type: string): string {
  return invalidText(name, value, `Wrong type. Expected '${type}', got '${typeOf(value)}'`);
}

function documented(doc: FieldDoc, schema: ApiPropertyOptions): PropertyDecorator {
  const { description, example } = doc;
  const isRequired = doc.isRequired ?? false;
  const options = { ...schema, description, example, required: isRequired, nullable: !isRequired };
  return ApiProperty(options as ApiPropertyOptions);
}

function check(
  name: string,
  isRight: (value: unknown) => boolean,
  problem: (field: string, value: unknown) => string,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => value === undefined || value === null || isRight(value),
      defaultMessage: (args) => (args === undefined ? '' : problem(args.property, args.value as unknown)),
    },
  });
}

/** Why the value of an attribute is refused. */
export function invalidText(name: string, value: unknown, why: string): string {
  return `Invalid input for field/attribute ${name}. Value: '${shown(value)}'. ${why}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : stringifyJson(beginning(value), { style: 'python', ascii: false });
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** Enough of a long list to fill what is shown of it. */
function beginning<T>(value: T): T {
  return Array.isArray(value) ? (value.slice(0, SHOWN_CHARACTERS) as T) : value;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer';
  if (value instanceof PyFloat) return 'number';
  return typeof value;
}
