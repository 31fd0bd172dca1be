import { expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { compileSchemas } from './json-schema.js';
import type { JsonObject } from './py-dict.js';

const OPTIONS = { makePattern: (pattern: string): RegExp => new RegExp(pattern, 'u'), isChecked: true };
const names = Array.from({ length: 45 }, (_, i) => (i % 7 === 0 ? String(100 - i) : `m${i}`));

const schema = fc.constantFrom<JsonObject>(
  {},
  { type: 'integer', minimum: 1 },
  { type: ['string', 'null'], maxLength: 2 },
  { enum: ['a', 1, null] },
  { pattern: '^a' },
  { type: 'array', items: { type: 'integer' }, uniqueItems: true },
  { type: 'object', required: ['x'], properties: { x: { const: 1 } } },
  { oneOf: [{ type: 'string' }, { minLength: 2 }] },
  { not: { type: 'boolean' } },
);
const reference = fc.constantFrom<JsonObject>(
  { $ref: '#' },
  { $ref: '#/properties/m1' },
  { type: 'object', properties: { $ref: { type: 'string' } } },
);
const value = fc.constantFrom(0, 1, 'a', 'abc', null, true, [1, 2], [1, 1], {}, { x: 1 }, { x: 2 });

function verdicts(schemas: JsonObject, values: JsonObject, isEachRequired: boolean): readonly (string | undefined)[] {
  const validate = new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile({
    type: 'object',
    properties: schemas,
    required: isEachRequired ? Object.keys(schemas) : [],
  });
  validate(values);
  const [error] = validate.errors ?? [];
  const path = error?.instancePath.slice(1).replaceAll('/', '.');
  const theirs = error && `${path} ${error.message}`.trimStart();
  const own = compileSchemas(schemas, isEachRequired, OPTIONS)(values);
  return [theirs, error?.keyword === 'enum' ? own?.replace(/: \[.*\]$/, '') : own];
}

it.each([
  ['members', schema],
  ['members that refer to others', fc.oneof({ arbitrary: schema, weight: 40 }, { arbitrary: reference, weight: 1 })],
])('says of many %s what it would say of all of them together', (_what, member) => {
  const schemas = fc.array(member, { minLength: 25, maxLength: 45 });
  const values = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 45, noNullPrototype: true });
  fc.assert(
    fc.property(schemas, values, fc.boolean(), (list, given, isEachRequired) => {
      const all = Object.fromEntries([['m1', {}], ...list.map((one, i) => [names[i] ?? '', one] as const)]);
      const [theirs, own] = verdicts(all, given, isEachRequired);
      expect(own).toBe(theirs);
    }),
    { numRuns: 25 },
  );
});

it('says the same of an object that fits all but one', () => {
  const schemas = Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
  const values = Object.fromEntries(names.map((name) => [name, 1]));
  for (const name of names)
    expect(verdicts(schemas, { ...values, [name]: 'x' }, true)[1]).toBe(`${name} must be integer`);
  expect(verdicts(schemas, values, true)).toEqual([undefined, undefined]);
  expect(compileSchemas(schemas, true, OPTIONS)({})).toBe(`must have required property '${Object.keys(schemas)[0]}'`);
});

it('compiles thousands of members in little time', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 3000 }, (_, i) => [`m${i}`, { type: 'integer', minimum: i }]),
  );
  expect(compileSchemas(schemas, false, OPTIONS)({ m2999: 5 })).toBe('m2999 must be >= 2999');
});
