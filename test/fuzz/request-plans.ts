import fc from 'fast-check';
import type { Operation, Parameter } from '../support/open-api.js';
import { fitting, pathValue, queryValue } from './request-values.js';
import { damaged, uploads } from './yaml-bodies.js';

/** A request before the things it names are looked up. */
export interface Plan {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Whether the path ends with a slash of its own. */
  readonly hasSlash: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
}

type Body = Pick<Plan, 'json' | 'text'>;

const ADMIN = { 'x-roles': 'member,admin' };
const HEADERS: readonly Plan['headers'][] = [{}, ADMIN, ADMIN, ADMIN];
const ODD_HEADERS: readonly Plan['headers'][] = [
  { accept: 'text/plain' },
  { 'content-type': 'text/xml' },
  { 'x-roles': 'administrator' },
];

const senders = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...HEADERS) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_HEADERS) },
);
const slashes = fc.nat(9).map((tenth) => tenth === 0);

/** Any request that the operation knows, right or wrong. */
export function plansFor(operation: Operation): fc.Arbitrary<Plan> {
  const place = (where: Parameter['in']): readonly Parameter[] =>
    operation.parameters.filter((one) => one.in === where);
  const path = fc.record(byName(place('path'), (one) => pathValue(one, collectionFor(operation.path, one.name))));
  const headers = fc.tuple(senders, headersFor(place('header'))).map(([sender, own]) => ({ ...sender, ...own }));
  return fc
    .record({ path, query: queriesFor(place('query')), hasSlash: slashes, headers, body: bodiesFor(operation) })
    .map(({ body, ...plan }) => ({ operation, ...plan, ...body }));
}

function byName(
  parameters: readonly Parameter[],
  arbitraryOf: (parameter: Parameter) => fc.Arbitrary<unknown>,
): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(parameters.map((one) => [one.name, arbitraryOf(one)]));
}

/** Collection that an identifier in a path belongs to, e.g. `tasks` for the first of `/v2/tasks/{id}/action_executions/{actionId}`. */
function collectionFor(path: string, name: string): string {
  const before = path.slice(0, path.indexOf(`/{${name}}`));
  return before.slice(before.lastIndexOf('/') + 1);
}

/** None of the parameters, or a few; sometimes one that nobody knows. */
function queriesFor(parameters: readonly Parameter[]): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const values = byName(parameters, queryValue);
  const names = Object.keys(values);
  const some = fc.subarray(names, { maxLength: Math.min(names.length, 3) }).chain((chosen) => {
    return fc.record(Object.fromEntries(chosen.map((name) => [name, values[name] ?? fc.constant('')])));
  });
  const unknown = some.map((query) => ({ ...query, bogus: '1' }));
  return fc.oneof(
    { weight: 10, arbitrary: fc.constant({}) },
    { weight: 20, arbitrary: some },
    { weight: 1, arbitrary: unknown },
  );
}

/** The headers that an operation knows, now and then. */
function headersFor(parameters: readonly Parameter[]): fc.Arbitrary<object> {
  const values = byName(parameters, ({ schema }) =>
    fc.constantFrom(String(schema.example), '*', '"1", W/"2"', '1', '', '"'),
  );
  return fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.record(values) });
}

function bodiesFor(operation: Operation): fc.Arbitrary<Body> {
  const content = operation.requestBody?.content ?? {};
  const json = content['application/json']?.schema;
  if (json !== undefined) return jsonBodies(fitting(json, ''));
  const yaml = content['text/plain']?.schema;
  if (yaml === undefined) return fc.constant({});
  const collection = operation.path.split('/')[2] ?? '';
  return uploads(collection, String(yaml.example)).map((text) => ({ text }));
}

function jsonBodies(right: fc.Arbitrary<unknown>): fc.Arbitrary<Body> {
  const broken = damaged(right.map((value) => JSON.stringify(value)));
  const other = fc.tuple(right, fc.string({ maxLength: 6 }), fc.nat(9), fc.jsonValue({ maxDepth: 2 }));
  return fc.oneof(
    { weight: 12, arbitrary: right.map((json) => ({ json })) },
    {
      weight: 3,
      arbitrary: other.map(([value, name, index, wrong]) => ({ json: withOther(value, name, index, wrong) })),
    },
    { weight: 1, arbitrary: fc.jsonValue().map((json) => ({ json })) },
    { weight: 1, arbitrary: broken.map((text) => ({ text })) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
}

/** The object with one attribute replaced, or with one that it does not know. */
function withOther(value: unknown, name: string, index: number, wrong: unknown): unknown {
  if (typeof value !== 'object' || value === null) return wrong;
  const names = Object.keys(value);
  return { ...value, [names[index] ?? name]: wrong };
}
