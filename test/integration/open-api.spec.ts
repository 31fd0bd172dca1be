import { expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { operations, resolved, schemas, type Operation, type Schema } from '../support/open-api.js';

const BODILESS = ['204', '302', '304'];
const FAULT = '#/components/schemas/FaultDto';
const FORMATS: readonly (readonly [example: RegExp, format: string])[] = [
  [/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'date-time-local'],
  [/^\{.*\}$/, 'json'],
];

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'openapi', components: { schemas } });

interface Field {
  readonly path: string;
  readonly schema: Schema;
}

/** Every field of a schema, and of what is inside it; what has a name of its own is looked at under that. */
function fieldsOf(path: string, { properties = {}, items }: Schema): readonly Field[] {
  const own = Object.entries(properties).flatMap(([name, schema]) => {
    const field = { path: `${path}.${name}`, schema };
    return [field, ...fieldsOf(field.path, schema)];
  });
  return items === undefined ? own : [...own, ...fieldsOf(`${path}[]`, items)];
}

function inlineSchemas({ title, requestBody, responses }: Operation): readonly Field[] {
  const bodies = [['request', requestBody?.content ?? {}] as const];
  const answers = Object.entries(responses).map(([status, { content = {} }]) => [status, content] as const);
  return [...bodies, ...answers].flatMap(([name, content]) => {
    return Object.values(content).map(({ schema = {} }) => ({ path: `${title} ${name}`, schema }));
  });
}

const bodies = operations.flatMap(inlineSchemas);
const named = Object.entries(schemas).map(([path, schema]) => ({ path, schema }));
const fields = [...named, ...bodies].flatMap(({ path, schema }) => fieldsOf(path, schema));

function pathsOf(wrong: readonly Field[]): readonly string[] {
  return wrong.map(({ path }) => path);
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

/** Whether the fields of a schema, which have examples of their own, are all there is to show. */
function isShownByFields({ $ref, items, allOf }: Schema): boolean {
  return $ref !== undefined || items?.$ref !== undefined || allOf !== undefined;
}

function fits(schema: Schema, example: unknown): boolean {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
  return ajv.compile(JSON.parse(text) as object)(example);
}

it('says of every field what it is', () => {
  expect(fields.length).toBeGreaterThan(200);
  expect(pathsOf(fields.filter(({ schema }) => isBlank(schema.description)))).toEqual([]);
});

it('shows an example of every field, which fits it', () => {
  const shown = fields.filter(({ schema }) => !isShownByFields(schema));

  expect(pathsOf(shown.filter(({ schema }) => schema.example === undefined))).toEqual([]);
  expect(pathsOf(shown.filter(({ schema }) => !fits(schema, schema.example)))).toEqual([]);
});

it('names the format of dates and of JSON inside texts', () => {
  const wrong = fields.filter(({ schema: { type, format, example } }) => {
    const expected = FORMATS.find(([pattern]) => typeof example === 'string' && pattern.test(example))?.[1];
    return type !== undefined && expected !== undefined && format !== expected;
  });

  expect(pathsOf(wrong)).toEqual([]);
});

it('knows the type of every field and body', () => {
  const untyped = [...fields, ...bodies].filter(({ schema: { type, $ref, oneOf, allOf } }) => {
    return [type, $ref, oneOf, allOf].every((one) => one === undefined);
  });

  expect(pathsOf(untyped)).toEqual([]);
});

it('says of every operation what it does, and of every parameter what it is, with an example', () => {
  const parameters = operations.flatMap((operation) =>
    operation.parameters.map((one) => ({ ...one, path: `${operation.title} ${one.name}` })),
  );
  const undescribed = parameters.filter((one) => isBlank(one.description) || one.schema.type === undefined);
  const unshown = parameters.filter((one) => one.example === undefined && one.schema.example === undefined);

  expect(operations.filter((one) => isBlank(one.summary)).map((one) => one.title)).toEqual([]);
  expect([...undescribed, ...unshown].map((one) => one.path)).toEqual([]);
});

it('says of every answer what it means and what it holds', () => {
  const answers = operations.flatMap(({ title, responses }) =>
    Object.entries(responses).map(([status, response]) => ({ path: `${title} ${status}`, status, ...response })),
  );
  const empty = answers.filter(({ content, status }) => (content === undefined) !== BODILESS.includes(status));
  const faults = answers.filter(({ status }) => Number(status) >= 400);
  const odd = faults.filter(({ content }) => content?.['application/json']?.schema?.$ref !== FAULT);

  expect(answers.filter((one) => isBlank(one.description)).map((one) => one.path)).toEqual([]);
  expect(empty.map((one) => one.path)).toEqual([]);
  expect(odd.map((one) => one.path)).toEqual([]);
});

it('declares the errors that any operation can answer', () => {
  const lacking = operations.flatMap(({ title, path, method, responses }) => {
    const isVersioned = path.startsWith('/v2/');
    const expected = [
      ...(isVersioned ? ['400', '404', '406', '500', '503'] : []),
      '415',
      ...(method !== 'GET' && isVersioned ? ['423'] : []),
    ];
    return expected.filter((status) => !(status in responses)).map((status) => `${title} ${status}`);
  });

  expect(lacking).toEqual([]);
});

it('refers only to schemas that are there', () => {
  const references = [...fields, ...bodies].flatMap(({ schema }) => [schema, schema.items ?? {}]);

  expect(() => references.map(resolved)).not.toThrow();
});
