import { jsonDump, jsonParse, yamlDump, yamlParse } from '../../data-texts.js';
import { EvaluationError } from '../../errors.js';
import type { Value } from '../../values/index.js';
import { declarer, nullable, optionalNullable } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { any, bool } from '../runtime/kinds.js';
import { produced } from './strings.js';
import { rawCopy } from '../values/raw.js';

const declare = declarer('Mistral');

export const MISTRAL = [
  declare({
    names: 'env',
    style: 'function',
    parameters: [],
    doc: 'The environment of the workflow execution.',
    example: ['env()', 'null'],
    run: (frame) => {
      const { env } = frame.runtime.functions;
      return env === undefined ? frame.lookup('$__env') : rawCopy(env(), frame.runtime);
    },
  }),
  declare({
    names: 'execution',
    style: 'function',
    parameters: [],
    doc: 'The workflow execution: id, name, spec, input, params, created_at, updated_at, root_execution_id.',
    example: ['execution().id', '"ex-1"'],
    run: (frame) => rawCopy(available(frame.runtime.functions.execution, 'execution')(), frame.runtime),
  }),
  declare({
    names: 'executions',
    style: 'function',
    parameters: [
      optionalNullable('id', any, null),
      optionalNullable('rootExecutionId', any, null),
      optionalNullable('state', any, null),
      optionalNullable('fromTime', any, null),
      optionalNullable('toTime', any, null),
    ],
    doc: 'Workflow executions, all or those that match.',
    example: ['executions(state => ERROR).name', '["nightly"]'],
    run: (frame, id, rootExecutionId, state, fromTime, toTime) =>
      rawCopy(
        available(
          frame.runtime.functions.executions,
          'executions',
        )({
          id: textOrNull(id),
          rootExecutionId: textOrNull(rootExecutionId),
          state: textOrNull(state),
          fromTime: textOrNull(fromTime),
          toTime: textOrNull(toTime),
        }),
        frame.runtime,
      ),
  }),
  declare({
    names: 'task',
    style: 'function',
    parameters: [optionalNullable('taskName', any, null)],
    doc: 'The current task or the one of this name: id, name, spec, state, state_info, result, published, type, times.',
    example: ['task(build).result.image', '"img-7"'],
    run: (frame, name) => rawCopy(available(frame.runtime.functions.task, 'task')(textOrNull(name)), frame.runtime),
  }),
  declare({
    names: 'tasks',
    style: 'function',
    parameters: [
      optionalNullable('workflowExecutionId', any, null),
      optionalNullable('recursive', bool, false),
      optionalNullable('state', any, null),
      optionalNullable('flat', bool, false),
    ],
    doc: 'Tasks of one or all workflow executions, those of subworkflows included when it is recursive.',
    example: ["tasks(workflowExecutionId => 'ex-1').name", '["build"]'],
    run: (frame, workflowExecutionId, recursive, state, flat) =>
      rawCopy(
        available(
          frame.runtime.functions.tasks,
          'tasks',
        )({
          workflowExecutionId: textOrNull(workflowExecutionId),
          recursive: recursive === true,
          state: textOrNull(state),
          flat: flat === true,
        }),
        frame.runtime,
      ),
  }),
  declare({
    names: 'global',
    style: 'function',
    parameters: [nullable('varName', any)],
    doc: 'A variable of the root context of the workflow execution, null when there is none.',
    example: ['global(region)', '"eu"'],
    run: (frame, name) =>
      rawCopy(available(frame.runtime.functions.global, 'global')(textOrNull(name) ?? ''), frame.runtime),
  }),
  declare({
    names: 'json_dump',
    style: 'function',
    parameters: [nullable('data', any)],
    doc: 'Data as JSON text, indented.',
    example: ['json_dump([1])', '"[\\n    1\\n]"'],
    run: (frame, data) => produced(frame, jsonDump(data, frame.runtime.budget)),
  }),
  declare({
    names: 'json_parse',
    style: 'function',
    parameters: [nullable('data', any)],
    doc: 'The data of a JSON text.',
    example: ["json_parse('[1, 2.0]')", '[1, 2.0]'],
    run: (frame, data) => rawCopy(jsonParse(data, frame.runtime.budget), frame.runtime),
  }),
  declare({
    names: 'yaml_dump',
    style: 'function',
    parameters: [nullable('data', any)],
    doc: 'Data as YAML text.',
    example: ['yaml_dump({b => 1, a => [x]})', '"a:\\n- x\\nb: 1\\n"'],
    run: (frame, data) => produced(frame, yamlDump(data, frame.runtime.budget)),
  }),
  declare({
    names: 'yaml_parse',
    style: 'function',
    parameters: [nullable('data', any)],
    doc: 'The data of a YAML text.',
    example: ["yaml_parse('a: [1, yes]')", '{"a": [1, true]}'],
    run: (frame, data) => rawCopy(yamlParse(data, frame.runtime.budget), frame.runtime),
  }),
  declare({
    names: 'uuid',
    style: 'function',
    parameters: [],
    doc: 'A random UUID.',
    example: ['uuid().len()', '36'],
    run: (frame: Frame): Value => frame.runtime.functions.uuid(),
  }),
];

function available<F>(member: F | undefined, name: string): F {
  if (member === undefined) throw new EvaluationError(`${name}() is not available here`);
  return member;
}

function textOrNull(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}
