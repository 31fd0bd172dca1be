import { EXPRESSION } from './primitives.js';
import type { Schema } from './schema.js';

const TARGET: Schema = {
  oneOf: [
    { type: 'string', pattern: '^\\S+$', description: 'Task name (e.g.: `task1`)' },
    {
      type: 'string',
      pattern: '^\\w+ \\w+=(.*)$',
      description: 'Task name with dict parameter (e.g.: `fail msg="test"`, `fail msg=<% task() %>`)',
    },
    {
      type: 'string',
      pattern: '^\\w+\\(\\w+=(.*)\\)$',
      description: 'Task name with func parameter (e.g.: `fail(msg="test")`, `fail(msg=<% task() %>)`)',
    },
  ],
};

/** `{target: guard}`, one or more. */
const GUARDED_TARGETS: Schema = { type: 'object', minProperties: 1, patternProperties: { '^\\w+$': EXPRESSION } };

const GUARDED_TARGET: Schema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  patternProperties: { '^\\w+$': EXPRESSION },
};

const TARGET_LIST: Schema = {
  type: 'array',
  items: { oneOf: [TARGET, GUARDED_TARGET] },
  uniqueItems: true,
  minItems: 1,
};

const SIMPLE: Schema = { oneOf: [TARGET, GUARDED_TARGETS, TARGET_LIST] };

const ADVANCED: Schema = {
  type: 'object',
  minProperties: 1,
  properties: { publish: { type: 'object' }, next: SIMPLE },
  additionalProperties: false,
};

/** `on-success: t2`, a list of targets, `{target: guard}`, or `{publish: …, next: …}`. */
export const ON_CLAUSE: Schema = { oneOf: [SIMPLE, ADVANCED] };
