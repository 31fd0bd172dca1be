import { PyFloat, type Json, type JsonObject } from '../../shared/index.js';
import { ATTRIBUTE_HELP } from './attribute-help.js';
import { DEFINITION_LIST, DIRECT_TASK, RETRY, REVERSE_TASK, TASK_DEFAULTS, WORKFLOW } from './entities.js';
import { ON_CLAUSE, ON_CLAUSE_PUBLISH } from './on-clause.js';
import { EXPRESSION, INPUT_LIST, NON_EMPTY_DICT, UNIQUE_STRING_LIST } from './primitives.js';
import type { Schema } from './schema.js';

/** Schemas that get a name of their own instead of being repeated. */
const NAMED = new Map<Schema, string>([
  [EXPRESSION, 'expression'],
  [NON_EMPTY_DICT, 'members'],
  [UNIQUE_STRING_LIST, 'names'],
  [INPUT_LIST, 'input'],
  [ON_CLAUSE, 'onClause'],
  [ON_CLAUSE_PUBLISH, 'scopedPublish'],
  [RETRY, 'retry'],
  [TASK_DEFAULTS, 'taskDefaults'],
  [DIRECT_TASK, 'directTask'],
  [REVERSE_TASK, 'reverseTask'],
]);

/** Set by the service itself. */
const SET_BY_SERVICE: readonly string[] = ['name', 'version'];

/** JSON Schema (2020-12) of a list of workflows, for editors: made from the schemas that uploads are checked with. */
export function workflowJsonSchema(): JsonObject {
  const definitions = Object.fromEntries([...NAMED].map(([schema, name]) => [name, convert(schema, schema)]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Workflows in the Mistral language, version 2.0',
    ...members(convert({ ...DEFINITION_LIST, additionalProperties: {} }, DEFINITION_LIST)),
    additionalProperties: { $ref: '#/$defs/workflow' },
    $defs: { ...definitions, workflow: workflow() },
  };
}

function workflow(): JsonObject {
  const { properties = {}, required } = WORKFLOW;
  const tasks = (name: string): JsonObject => ({
    properties: { tasks: { type: 'object', minProperties: 1, additionalProperties: { $ref: `#/$defs/${name}` } } },
  });
  return {
    type: 'object',
    properties: {
      ...attributes({ ...properties, 'task-defaults': TASK_DEFAULTS }),
      description: { description: ATTRIBUTE_HELP['description'] ?? '' },
    },
    required: required ?? [],
    if: { properties: { type: { const: 'reverse' } }, required: ['type'] },
    then: tasks('reverseTask'),
    else: tasks('directTask'),
  };
}

function attributes(properties: Readonly<Record<string, Schema>>): JsonObject {
  const entries = Object.entries(properties).map(([name, schema]) => {
    const help = ATTRIBUTE_HELP[name];
    const converted = members(convert(schema));
    return [name, help === undefined ? converted : { ...converted, description: help }] as const;
  });
  return Object.fromEntries(entries);
}

/** A schema as JSON, with references to the named ones below it; `own` is the named schema being written. */
function convert(value: unknown, own?: Schema): Json {
  if (value instanceof PyFloat) return value.value;
  if (Array.isArray(value)) return value.map((item: unknown) => convert(item));
  if (typeof value !== 'object' || value === null) return value as Json;
  const name = NAMED.get(value as Schema);
  if (name !== undefined && value !== own) return { $ref: `#/$defs/${name}` };
  return Object.fromEntries(Object.entries(value).map(([keyword, part]) => [keyword, convertKeyword(keyword, part)]));
}

function convertKeyword(keyword: string, part: unknown): Json {
  if (keyword === 'properties') return attributes(part as Readonly<Record<string, Schema>>);
  if (keyword === 'required') return (part as readonly string[]).filter((name) => !SET_BY_SERVICE.includes(name));
  if (keyword === 'pattern') return portablePattern(part as string);
  if (keyword === 'patternProperties') {
    return Object.fromEntries(
      Object.entries(part as object).map(([pattern, schema]) => [portablePattern(pattern), convert(schema)]),
    );
  }
  return convert(part);
}

/** Braces escaped, as JavaScript wants them. */
function portablePattern(pattern: string): string {
  return pattern.replace(/\{\{/g, '\\{\\{').replace(/\}\}/g, '\\}\\}');
}

function members(schema: Json): JsonObject {
  return schema as JsonObject;
}
