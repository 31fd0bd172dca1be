import { ON_CLAUSE } from './on-clause.js';
import {
  ANY,
  ANY_NULLABLE,
  EXPRESSION,
  EXPRESSION_OR_BOOLEAN,
  EXPRESSION_OR_FACTOR,
  EXPRESSION_OR_POSITIVE_INTEGER,
  EXPRESSION_OR_SHARE,
  INPUT_LIST,
  META,
  NON_EMPTY_DICT,
  NON_EMPTY_STRING,
  POSITIVE_INTEGER,
  STRING_OR_STRING_LIST,
  UNIQUE_STRING_LIST,
  VERSION,
  VERSION_2,
} from './primitives.js';
import type { Schema } from './schema.js';

/** A list of workflows or of actions: `version` and one member for each. */
export const DEFINITION_LIST: Schema = {
  type: 'object',
  properties: { version: VERSION },
  additionalProperties: NON_EMPTY_DICT,
  required: ['version'],
};

const RETRY_DICT: Schema = {
  type: 'object',
  properties: {
    count: EXPRESSION_OR_POSITIVE_INTEGER,
    'break-on': EXPRESSION,
    'continue-on': EXPRESSION,
    delay: EXPRESSION_OR_POSITIVE_INTEGER,
    multiplier: EXPRESSION_OR_FACTOR,
    'max-delay': EXPRESSION_OR_POSITIVE_INTEGER,
    jitter: EXPRESSION_OR_SHARE,
  },
  required: ['delay', 'count'],
  additionalProperties: false,
};

export const RETRY: Schema = { oneOf: [RETRY_DICT, NON_EMPTY_STRING] };

export const POLICIES: Readonly<Record<string, Schema>> = {
  retry: RETRY,
  'wait-before': EXPRESSION_OR_POSITIVE_INTEGER,
  'wait-after': EXPRESSION_OR_POSITIVE_INTEGER,
  timeout: EXPRESSION_OR_POSITIVE_INTEGER,
  'pause-before': EXPRESSION_OR_BOOLEAN,
  concurrency: EXPRESSION_OR_POSITIVE_INTEGER,
  'fail-on': EXPRESSION_OR_BOOLEAN,
  'retry-items': { enum: ['all', 'failed'] },
};

const ON_CLAUSES: Readonly<Record<string, Schema>> = {
  'on-complete': ON_CLAUSE,
  'on-success': ON_CLAUSE,
  'on-error': ON_CLAUSE,
  'on-skip': ON_CLAUSE,
};

export const TASK_DEFAULTS: Schema = {
  type: 'object',
  properties: {
    ...POLICIES,
    ...ON_CLAUSES,
    'safe-rerun': EXPRESSION_OR_BOOLEAN,
    requires: STRING_OR_STRING_LIST,
    ...META,
  },
  additionalProperties: false,
};

/** Both task kinds; an action and a workflow exclude each other. */
function taskSchema(own: Readonly<Record<string, Schema>>): Schema {
  return {
    type: 'object',
    properties: {
      type: { enum: ['reverse', 'direct'] },
      action: NON_EMPTY_STRING,
      workflow: NON_EMPTY_STRING,
      input: { oneOf: [NON_EMPTY_DICT, NON_EMPTY_STRING] },
      'with-items': STRING_OR_STRING_LIST,
      publish: NON_EMPTY_DICT,
      'publish-on-error': NON_EMPTY_DICT,
      'publish-on-skip': NON_EMPTY_DICT,
      ...POLICIES,
      target: NON_EMPTY_STRING,
      'keep-result': EXPRESSION_OR_BOOLEAN,
      'safe-rerun': EXPRESSION_OR_BOOLEAN,
      ...own,
      ...META,
    },
    additionalProperties: false,
    anyOf: [
      { not: { type: 'object', required: ['action', 'workflow'] } },
      {
        oneOf: [
          { type: 'object', required: ['action'] },
          { type: 'object', required: ['workflow'] },
        ],
      },
    ],
    required: ['name', 'version'],
  };
}

export const DIRECT_TASK = taskSchema({
  join: { oneOf: [{ enum: ['all', 'one'] }, POSITIVE_INTEGER] },
  ...ON_CLAUSES,
});

export const REVERSE_TASK = taskSchema({ requires: STRING_OR_STRING_LIST });

/** Unknown attributes and any description pass, as in Mistral. */
export const WORKFLOW: Schema = {
  type: 'object',
  properties: {
    tasks: {
      type: 'object',
      minProperties: 1,
      patternProperties: { '^\\w+$': NON_EMPTY_DICT },
      additionalProperties: NON_EMPTY_DICT,
    },
    type: { enum: ['reverse', 'direct'] },
    'task-defaults': NON_EMPTY_DICT,
    input: INPUT_LIST,
    'input-schema': NON_EMPTY_DICT,
    'output-schema': NON_EMPTY_DICT,
    output: NON_EMPTY_DICT,
    'output-on-error': NON_EMPTY_DICT,
    vars: NON_EMPTY_DICT,
    timeout: EXPRESSION_OR_POSITIVE_INTEGER,
    tags: UNIQUE_STRING_LIST,
  },
  required: ['tasks'],
};

export const ACTION: Schema = {
  type: 'object',
  properties: {
    base: NON_EMPTY_STRING,
    'base-input': NON_EMPTY_DICT,
    input: INPUT_LIST,
    output: ANY_NULLABLE,
    ...META,
  },
  required: ['base', 'name', 'version'],
  additionalProperties: false,
};

const MEMBERS: Schema = {
  type: 'object',
  minProperties: 1,
  patternProperties: { '^version$': VERSION_2, '^(?!version$)[\\w-]+$': ANY },
  additionalProperties: false,
};

export const WORKBOOK: Schema = {
  type: 'object',
  properties: {
    version: VERSION_2,
    actions: MEMBERS,
    workflows: MEMBERS,
    name: NON_EMPTY_STRING,
    description: NON_EMPTY_STRING,
    tags: UNIQUE_STRING_LIST,
  },
  additionalProperties: false,
  required: ['name', 'version'],
};
