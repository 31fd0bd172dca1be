import { applyDecorators, type Type } from '@nestjs/common';
import { ApiParam, ApiProperty, ApiQuery, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { Resource } from '../../store/queries/index.js';

/** Body of every error. */
export class FaultDto {
  @ApiProperty({
    enum: ['Client', 'Server'],
    description: 'Whose fault it is. Absent where the body is YAML.',
    example: 'Client',
    required: false,
  })
  readonly faultcode?: string;

  @ApiProperty({ description: 'One sentence that says what is wrong.', example: 'Unknown argument: "foo"' })
  readonly faultstring!: string;

  @ApiProperty({ type: 'null', description: 'Always null.', example: null, required: false })
  readonly debuginfo?: null;
}

const MEANINGS: Readonly<Record<number, string>> = {
  400: 'Something in the request is wrong: a parameter, an attribute, the definition, or the state does not allow it.',
  403: 'Not allowed: it needs the admin role, belongs to another project, or is not finished yet.',
  404: 'There is no such thing, or it is not visible to this project.',
  409: 'It exists already.',
  412: 'It is not what `If-Match` says any more; nothing has been changed.',
  415: 'The content type is not one that this handler reads.',
  500: 'The server failed; its log says why.',
  503: 'The database can not be reached; try again.',
};

/** Documents the errors a handler answers. */
export function ApiFaults(...statuses: readonly number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...statuses.map((status) => ApiResponse({ status, type: FaultDto, description: MEANINGS[status] ?? 'Refused.' })),
  );
}

/** Documents the query parameters of a list. */
export function ApiListQuery(resource: Resource, without: readonly string[] = []): MethodDecorator {
  const filters = resource.filters.filter((name) => !without.includes(name));
  return applyDecorators(
    query(
      'limit',
      'integer',
      'Rows per page, at least 1; the server has an upper bound, which is also the default.',
      50,
    ),
    query('marker', 'string', 'Id of the last row of the page before.', '8b778ab8-b5b7-4da1-93d0-571311b26497'),
    query('sort_keys', 'string', 'Comma-separated fields to sort by.', 'created_at,name'),
    query('sort_dirs', 'string', 'Comma-separated directions, asc or desc, one per key.', 'desc,asc'),
    query('fields', 'string', 'Comma-separated fields to answer; id always comes.', 'id,created_at'),
    query('count', 'boolean', 'Answer the number of rows on all pages as `X-Total-Count`.', true),
    ...filters.map((name) =>
      query(
        name,
        'string',
        `Filter: a value, or one with an operator before it: eq, neq, gt, gte, lt, lte, in, nin, has.`,
        'eq:value',
      ),
    ),
    ...resource.switches.map((name) => SWITCHES[name]),
  );
}

const SWITCHES = {
  all_projects: query('all_projects', 'boolean', 'Rows of all projects; admins only.', true),
  include_output: query('include_output', 'boolean', 'Answer `output` too.', true),
  nulls: query('nulls', 'string', 'Comma-separated fields that must be null.', 'root_execution_id'),
  namespace: query('namespace', 'string', 'Namespace.', ''),
};

/** Documents one optional query parameter. */
export function query(name: string, type: string, description: string, example: unknown): MethodDecorator {
  return ApiQuery({ name, required: false, description, schema: { type, example } });
}

/** Documents an identifier in the path. */
export function pathParameter(name: string, description: string, example: string): MethodDecorator {
  return ApiParam({ name, description, schema: { type: 'string', example } });
}

/** Schema of a page: `{"tasks":[…],"next":"…"}`. */
export function listOf(name: string, dto: Type<object>): object {
  const next = {
    type: 'string',
    description: 'Address of the next page; absent after a page that is not full.',
    example: `http://127.0.0.1:8989/v2/${name}?sort_keys=created_at,id&sort_dirs=asc,asc&limit=50&marker=8b778ab8-b5b7-4da1-93d0-571311b26497`,
  };
  const rows = { type: 'array', items: { $ref: getSchemaPath(dto) }, description: 'The rows of the page.' };
  return { type: 'object', required: [name], properties: { [name]: rows, next } };
}
