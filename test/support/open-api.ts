import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON schema, as far as the document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly description?: string;
  readonly example?: unknown;
}

export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema: Schema;
}

export type Content = Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>;

export interface Operation {
  /** e.g. `GET /v2/workflows/{identifier}` */
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Where the document is that the service publishes. */
export const OPEN_API_FILE = join(import.meta.dirname, '..', '..', 'openapi.json');

const document = JSON.parse(readFileSync(OPEN_API_FILE, 'utf8')) as Document;

export const { schemas } = document.components;

/** All operations, in the order of the document. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([verb, operation]) => {
    const method = verb.toUpperCase();
    return { ...operation, parameters: operation.parameters, method, path, title: `${method} ${path}` };
  }),
);

const PREFIX = '#/components/schemas/';

/** The schema itself, where there is only a reference to it. */
export function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = schemas[schema.$ref.slice(PREFIX.length)];
  if (found === undefined) throw new Error(`openapi.json lacks ${schema.$ref}`);
  return found;
}
