import { expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Json } from './py-dict.js';
import { compileSchemas } from './json-schema.js';

const noPattern = (): RegExp => /never/;
const scalar = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('a', '1', 'b'),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('x', 'y'), scalar, { noNullPrototype: true }),
);

it.each<Record<string, Json>>([
  { uniqueItems: true },
  { uniqueItems: false },
  { uniqueItems: true, items: { type: 'integer' } },
  { uniqueItems: true, items: { type: ['string', 'null'] } },
  { uniqueItems: true, contains: { const: 1 }, unevaluatedItems: false },
])('says of %j what the validator would say', (schema) => {
  const own = compileSchemas({ list: schema }, true, noPattern);
  const theirs = new Ajv2020({ strict: false, logger: false }).compile({ properties: { list: schema } });

  fc.assert(
    fc.property(fc.array(value, { maxLength: 6 }), (list) => {
      const text = theirs({ list }) ? undefined : (theirs.errors?.[0]?.message ?? '');
      const found = own({ list });
      expect(found === undefined ? undefined : found.replace(/^list(?:\.\d+)* /, '')).toBe(text);
    }),
  );
});

it('takes linear time for many lists', () => {
  const lists = Array.from({ length: 300_000 }, (_, i) => [i]);
  const start = performance.now();

  expect(compileSchemas({ list: { uniqueItems: true } }, true, noPattern)({ list: lists })).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(30_000);
});
