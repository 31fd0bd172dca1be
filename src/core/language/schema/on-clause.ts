import { EXPRESSION, NON_EMPTY_DICT } from './primitives.js';
import type { Schema } from './schema.js';

/** What an on-clause leads to: a task, or a command with its message. */
export const TARGET: Schema = {
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

/** `{target: guard}`, with any form of a target as the key. */
const GUARDED_TARGET: Schema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  patternProperties: Object.fromEntries((TARGET.oneOf ?? []).map(({ pattern = '' }) => [pattern, EXPRESSION])),
};

const TARGET_LIST: Schema = {
  type: 'array',
  items: { oneOf: [TARGET, GUARDED_TARGET] },
  uniqueItems: true,
  minItems: 1,
};

/** `publish:` inside an on-clause. */
export const ON_CLAUSE_PUBLISH: Schema = {
  type: 'object',
  properties: { branch: NON_EMPTY_DICT, global: NON_EMPTY_DICT, atomic: NON_EMPTY_DICT },
  additionalProperties: false,
};

const ADVANCED: Schema = {
  type: 'object',
  minProperties: 1,
  properties: { publish: ON_CLAUSE_PUBLISH, next: { oneOf: [TARGET, GUARDED_TARGET, TARGET_LIST] } },
  additionalProperties: false,
};

/** `on-success: t2`, a list of targets, `{target: guard}`, or `{publish: …, next: …}`. */
export const ON_CLAUSE: Schema = { oneOf: [TARGET, GUARDED_TARGET, TARGET_LIST, ADVANCED] };
