import type { OpenAPIObject } from '@nestjs/swagger';

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { description?: string }>>;
}

type Node = Record<string, unknown>;

/** Another way to write a query parameter, as a further segment of the path. */
const ALIAS = /\/\{(?:fields|namespace)\}$/;
const METHODS = ['get', 'post', 'put', 'delete'] as const;
const OUTCOMES: Readonly<Record<string, string>> = { '200': 'Done.', '201': 'Created.', '204': 'Deleted.' };

/** What every change answers during maintenance. */
const LOCKED = {
  description: 'The service is under maintenance: see `/maintenance`.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/FaultDto' } } },
};

/** The document with what all changes have in common, and without what decorators can't say in OpenAPI 3.1: aliases, foreign path parameters, `nullable`. */
export function tidied(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).filter(([path]) => !ALIAS.test(path));
  const kept = paths.map(([path, item]) => {
    const operations = METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      return operation === undefined ? [] : [[method, tidyOperation(path, method, operation)] as const];
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  return withoutNullable({ ...document, paths: Object.fromEntries(kept) }) as OpenAPIObject;
}

function tidyOperation(path: string, method: string, operation: Operation): Operation {
  const parameters = (operation.parameters ?? []).filter(
    (parameter) => parameter.in !== 'path' || path.includes(`{${parameter.name}}`),
  );
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    return [status, { ...response, description: response.description || (OUTCOMES[status] ?? 'Done.') }] as const;
  });
  const isLocked = method !== 'get' && path !== '/maintenance';
  const all = isLocked ? [...responses, ['423', LOCKED] as const] : responses;
  return { ...operation, parameters, responses: Object.fromEntries(all) };
}

/** OpenAPI 3.1 says `type: [string, null]` where 3.0 said `nullable: true`. */
function withoutNullable(node: unknown): unknown {
  if (isList(node)) return node.map((item) => withoutNullable(item));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map<[string, unknown]>(([key, value]) => [
    key,
    key.startsWith('example') ? (value as unknown) : withoutNullable(value),
  ]);
  const { nullable, ...rest } = Object.fromEntries(entries);
  return nullable === true ? withNull(rest) : rest;
}

function withNull(schema: Node): Node {
  if (Array.isArray(schema['oneOf'])) return { ...schema, oneOf: [...(schema['oneOf'] as Node[]), { type: 'null' }] };
  if (typeof schema['type'] !== 'string') return schema;
  const values = Array.isArray(schema['enum']) ? { enum: [...(schema['enum'] as string[]), null] } : {};
  return { ...schema, type: [schema['type'], 'null'], ...values };
}

function isList(node: unknown): node is readonly unknown[] {
  return Array.isArray(node);
}
