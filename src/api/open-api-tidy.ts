import type { OpenAPIObject } from '@nestjs/swagger';

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { description?: string }>>;
}

type Node = Record<string, unknown>;
type Schemas = Readonly<Record<string, Node>>;

/** Another way to write a query parameter, as a further segment of the path. */
const ALIAS = /\/\{(?:fields|namespace)\}$/;
const SCHEMAS = '#/components/schemas/';
const PART_OF = 'PartOf';
const METHODS = ['get', 'post', 'put', 'delete'] as const;
const OUTCOMES: Readonly<Record<string, string>> = { '200': 'Done.', '201': 'Created.', '204': 'Deleted.' };

/** What the server answers before a handler is asked. */
const REFUSALS: Readonly<Record<'406' | '415' | '423', object>> = {
  '406': refusal('The client accepts no `application/json`.'),
  '415': refusal('The content type is not one that this handler reads.'),
  '423': refusal('The service is under maintenance: see `/maintenance`.'),
};

/** The document with what operations have in common, and without what decorators can't say in OpenAPI 3.1: aliases, foreign path parameters, `nullable`. */
export function tidied(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).filter(([path]) => !ALIAS.test(path));
  const kept = paths.map(([path, item]) => {
    const operations = METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      return operation === undefined ? [] : [[method, tidyOperation(path, method, operation)] as const];
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  const schemas = withParts(document.components?.schemas as Schemas, JSON.stringify(kept));
  const components = { ...document.components, schemas };
  return withoutNullable({ ...document, paths: Object.fromEntries(kept), components }) as OpenAPIObject;
}

/** Adds what operations answer of a schema when they are asked for some of its fields. */
function withParts(schemas: Schemas, references: string): Schemas {
  const parts = Object.entries(schemas)
    .filter(([name]) => references.includes(`"${SCHEMAS}${PART_OF}${name}"`))
    .map(([name, schema]) => [`${PART_OF}${name}`, { ...schema, required: ['id'] }] as const);
  return { ...schemas, ...Object.fromEntries(parts) };
}

function tidyOperation(path: string, method: string, operation: Operation): Operation {
  const parameters = (operation.parameters ?? []).filter(
    (parameter) => parameter.in !== 'path' || path.includes(`{${parameter.name}}`),
  );
  const hasFields = parameters.some((parameter) => parameter.name === 'fields');
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const described = { ...response, description: response.description || (OUTCOMES[status] ?? 'Done.') };
    return [status, hasFields && status === '200' ? answeringParts(described) : described] as const;
  });
  const refusals = refusalsOf(path, method).map((status) => [status, REFUSALS[status]] as const);
  return { ...operation, parameters, responses: Object.fromEntries([...responses, ...refusals]) };
}

function answeringParts(response: object): object {
  return JSON.parse(JSON.stringify(response).replaceAll(`"${SCHEMAS}`, `"${SCHEMAS}${PART_OF}`)) as object;
}

function refusalsOf(path: string, method: string): readonly (keyof typeof REFUSALS)[] {
  const isVersioned = path.startsWith('/v2');
  const isChange = method !== 'get';
  const isLocked = isChange && path !== '/maintenance';
  return [...(isVersioned ? ['406' as const] : []), '415', ...(isLocked ? ['423' as const] : [])];
}

function refusal(description: string): object {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/FaultDto' } } } };
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
