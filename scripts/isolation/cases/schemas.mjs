import { refusalOf } from '../arena.mjs';
import { lines, oneTask } from './yaml.mjs';

/** A workflow with a schema for its input `a`, started with a value that it takes long to check. */
const checked = (name, what, schema, value, more = {}) => ({
  name,
  what,
  ...more,
  attack: async (arena) => {
    await arena.define(oneTask('checked', 'action: std.noop', `  input: [a]\n  input-schema: {a: ${schema}}\n`));
    const body = { workflow_name: 'checked', input: { a: value() } };
    return refusalOf(await arena.send('POST', '/executions', body)).replaceAll(/\s+/g, ' ');
  },
});

export const SCHEMAS = [
  checked(
    'schema-unique-20000-lists',
    'an input of 20,000 lists that should be unique',
    '{uniqueItems: true}',
    () => Array.from({ length: 20_000 }, (_, i) => [i]),
    { seconds: 60 },
  ),
  checked(
    'schema-unique-100000-texts',
    'an input of 100,000 texts that should be unique',
    '{uniqueItems: true}',
    () => Array.from({ length: 100_000 }, (_, i) => `t${i}`),
    { seconds: 60 },
  ),
  checked(
    'schema-pattern',
    'an input against a pattern that never ends',
    "{pattern: '^(a+)+$'}",
    () => `${'a'.repeat(60)}!`,
  ),
  checked(
    'schema-one-of',
    'an input of 2,000 members against one of 200 schemas each',
    `{items: {oneOf: [${lines(200, (i) => `{properties: {k${i}: {type: string, minLength: ${i}}}, required: [k${i}]}, `)}{type: 'null'}]}}`,
    () => Array.from({ length: 2000 }, (_, i) => ({ [`k${i % 200}`]: 'x' })),
  ),
  checked(
    'schema-deep',
    'an input of 3,000 levels against a schema that refers to itself',
    "{$defs: {n: {type: array, items: {$ref: '#/$defs/n'}}}, $ref: '#/$defs/n'}",
    () => JSON.parse('['.repeat(3000) + ']'.repeat(3000)),
  ),
];
