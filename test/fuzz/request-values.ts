import fc from 'fast-check';
import { resolved, type Parameter, type Schema } from '../support/open-api.js';

/** Stands for something the service has named in an answer; it is chosen when the request is sent. */
export interface Known {
  readonly isKnown: true;
  /** e.g. `workflows`; empty for any */
  readonly collection: string;
  /** What of it: one of the two, or either. */
  readonly by: 'id' | 'name' | 'either';
  readonly index: number;
}

const OPERATORS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'has', 'foo'];
/** Parameters whose values must not keep a request waiting, or must come often enough to matter. */
const OWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  wait: ['0', '1', '-1', '301', '1.5', 'x', ''],
  limit: ['1', '2', '50', '1000000', '0', '-1', 'x', '', '99999999999999999999'],
  max_depth: ['-1', '0', '1', '-2', '99999999999', 'x'],
  sort_keys: ['created_at', 'id', 'name', 'state,id', 'created_at,name', 'foo', 'result', 'tags', 'scope'],
  sort_dirs: ['asc', 'desc', 'desc,asc', 'up', 'asc,asc,asc', ''],
  fields: ['id', 'name', 'id,state', 'created_at,id', 'output', 'input', 'published_global', 'foo', 'tags', ''],
  nulls: ['root_execution_id', 'state_info', 'task_execution_id', 'id', 'foo'],
  scope: ['private', 'public', 'foo', ''],
  namespace: ['', 'a', 'b'],
};
const STATES = ['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED', 'SKIPPED', 'IDLE'];
const ACTIONS = ['std.echo', 'std.noop', 'std.async_noop', 'std.fail'];
const NAMES = ['one', 'two', 'three', 'four', 'a b', 'é', 'x'.repeat(256)];

/** Fields that a body needs, though none of them always. */
const KEYS = ['workflow_id', 'code_source_id', 'pattern', 'state', 'reset'];
const THING = /^(workflow|code_source|task_execution|(?:source|root|workflow)_execution)_(id|name)$/;
const COLLECTIONS: Readonly<Record<string, string>> = {
  workflow: 'workflows',
  code_source: 'code_sources',
  task_execution: 'tasks',
  source_execution: 'executions',
  root_execution: 'executions',
  workflow_execution: 'executions',
};
const ABSENT = Symbol('absent');

const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const indexes = fc.nat(1000);

const anyKnown = known('');

function known(collection: string, by: Known['by'] = 'either'): fc.Arbitrary<Known> {
  return indexes.map((index) => ({ isKnown: true, collection, by, index }));
}

/** A value for a path, never one that changes the path. */
export function pathValue(parameter: Parameter, collection: string): fc.Arbitrary<unknown> {
  const example = String(parameter.example ?? parameter.schema.example ?? 'a');
  const odd = anyText.filter((text) => text !== '' && text !== '.' && text !== '..');
  return fc.oneof(
    { weight: 12, arbitrary: known(collection) },
    { weight: 2, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: anyKnown },
    { weight: 1, arbitrary: fc.constant(example) },
    { weight: 1, arbitrary: odd },
  );
}

/** A value for a query parameter: a good one, one with an operator, or nonsense. */
export function queryValue({ name, schema }: Parameter): fc.Arbitrary<unknown> {
  const own = OWN_VALUES[name];
  const example = fc.constant(String(schema.example));
  const good: fc.Arbitrary<unknown> = own === undefined ? fc.oneof(example, valueFor(name)) : fc.constantFrom(...own);
  const operator = fc.constantFrom(...OPERATORS);
  const withOperator = fc
    .tuple(operator, fc.oneof(fc.constantFrom('RUNNING', '2026-01-31 10:00:00', '1', 'true', 'a,b', '{}'), anyText))
    .map(([word, value]) => `${word}:${value}`);
  if (name === 'wait') return good;
  return fc.oneof(
    { weight: 6, arbitrary: good },
    { weight: 2, arbitrary: withOperator },
    { weight: 1, arbitrary: anyText },
  );
}

/** A value that fits a schema. */
export function fitting(schema: Schema, name: string): fc.Arbitrary<unknown> {
  const { oneOf, type, example, properties, enum: choices } = resolved(schema);
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (oneOf !== undefined) return fc.oneof(...oneOf.map((one) => fitting(one, name)));
  if (typeof type === 'object') return fc.oneof(...type.map((one) => fitting({ ...schema, type: one }, name)));
  switch (type) {
    case 'string':
      return textFor(name, resolved(schema));
    case 'integer':
      return fc.oneof(fc.constant(example ?? 1), fc.integer({ min: 1, max: 100 }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(resolved(schema).items ?? {}, name), { maxLength: 3 });
    case 'object':
      return properties === undefined ? objects : recordOf(resolved(schema));
    default:
      return fc.oneof(fc.constant(example ?? null), objects, fc.jsonValue());
  }
}

/** Objects such as input and params are. */
const objects = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.constantFrom({ vm: 'a2' }, { output: 'hi' }, { to: 'me' }) },
  { weight: 1, arbitrary: fc.constantFrom({ save_result: true }, { run_sync: true }, { timeout: 'x' }) },
  { weight: 1, arbitrary: fc.constantFrom({ env: { region: 'north' } }, { env: 'prod' }, { task_name: 't' }) },
  { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }) },
);

/** An object that has the fields which matter most of the time, and now and then others. */
function recordOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const present = KEYS.includes(name) || required.includes(name) ? 9 : 2;
    const value = fc.oneof(
      { weight: present, arbitrary: fitting(schema, name) },
      { weight: 10 - present, arbitrary: fc.constant(ABSENT) },
    );
    return [name, value] as const;
  });
  const record = fc.record(Object.fromEntries(fields));
  return record.map((value) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== ABSENT)));
}

function textFor(name: string, { format, example }: Schema): fc.Arbitrary<unknown> {
  if (format === 'json') return objects.map((value) => JSON.stringify(value));
  return fc.oneof({ weight: 2, arbitrary: fc.constant(example ?? '') }, { weight: 5, arbitrary: valueFor(name) });
}

/** What a field or parameter of that name could be, were it right. */
function valueFor(name: string): fc.Arbitrary<unknown> {
  const [, thing, by] = THING.exec(name) ?? [];
  if (thing !== undefined) return known(COLLECTIONS[thing] ?? '', by as 'id' | 'name');
  if (name === 'state') return fc.constantFrom(...STATES);
  if (name === 'name') return fc.oneof(fc.constantFrom(...NAMES, ...ACTIONS), anyKnown, anyText);
  if (name === 'id') return fc.oneof(fc.uuid(), fc.constant('my-own-id'), anyKnown);
  if (name === 'pattern') return fc.constantFrom('0 3 * * *', '0 4 * * 1', '* * * * *', '61 * * * *');
  return fc.oneof(fc.constantFrom('true', 'false', '1', ...NAMES), anyKnown, anyText);
}
