import {
  dictGet,
  isDict,
  JsonSyntaxError,
  loadYaml,
  dumpYaml,
  parseJson,
  PyObject,
  stringifyJson,
  YamlError,
  type Json,
} from '../../../shared/index.js';
import { EvaluationError, PyError } from '../../errors.js';
import {
  DateTime,
  DictView,
  PyIterator,
  PySet,
  PyTuple,
  pyRepr,
  truthy,
  typeName,
  type Value,
} from '../../values/index.js';
import { Markup, PyRange, textOf, typeError, Undefined, type Parameter, type Run } from '../runtime/index.js';

/** A function of Mistral. The context comes first: bound in the global, the piped value in the filter. */
export interface MistralFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly doc: string;
  readonly example: string;
  readonly call: (context: () => Value, args: readonly Value[], run: Run) => Value;
}

/** `context[key]`. @throws {PyError} as Python does when there is no such key */
function contextItem(context: Value, key: string): Value {
  if (context instanceof Undefined) context.fail();
  if (!isDict<Value>(context)) throw typeError(`'${typeName(context)}' object is not subscriptable by ${pyRepr(key)}`);
  const value = dictGet<Value>(context, key);
  if (value === undefined) throw new PyError('KeyError', pyRepr(key));
  return value;
}

function env(context: Value, run: Run): Value {
  const answer = run.scope.functions.env;
  return answer && context === run.root() ? run.import(answer()) : contextItem(context, '__env');
}

function available<F>(member: F | undefined, name: string): F {
  if (member === undefined) throw new EvaluationError(`${name}() is not available here`);
  return member;
}

function textOrNull(value: Value | undefined): string | null {
  return textOf(value) ?? null;
}

/** JSON has lists in place of tuples, sets and iterators, and text in place of dates. */
function toData(value: object): unknown {
  if (value instanceof Markup) return value.text;
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PySet || value instanceof PyIterator || value instanceof DictView || value instanceof PyRange) {
    return [...value];
  }
  if (value instanceof DateTime) return value.isoFormat();
  if (value instanceof Undefined) return value.fail();
  throw typeError(`Object of type ${value instanceof PyObject ? value.typeName : 'object'} is not JSON serializable`);
}

function jsonDump(value: Value, run: Run): string {
  const text = stringifyJson(value, { style: 'python', indent: 4, other: toData });
  run.budget.output(text.length);
  return text;
}

function mustBeText(value: Value | undefined): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof Undefined) value.fail();
  throw typeError(`the data must be str, not ${typeName(value)}`);
}

function jsonParse(value: Value | undefined, run: Run): Value {
  try {
    return run.import(parseJson(mustBeText(value), { allowNaN: true }));
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw new PyError('ValueError', error.message, { cause: error });
    throw error;
  }
}

function yamlParse(value: Value | undefined, run: Run): Value {
  try {
    return run.import(loadYaml(mustBeText(value)));
  } catch (error) {
    if (error instanceof YamlError) throw new PyError('ValueError', error.message, { cause: error });
    throw error;
  }
}

/** What YAML can say: tuples as lists. */
function yamlData(value: Value): Json {
  if (value instanceof PyTuple) return value.items.map(yamlData);
  if (Array.isArray(value)) return (value as readonly Value[]).map(yamlData);
  if (value instanceof Undefined) return value.fail();
  return value as Json;
}

function yamlDump(value: Value, run: Run): string {
  const text = dumpYaml(yamlData(value));
  run.budget.output(text.length);
  return text;
}

const DATA_FUNCTIONS: readonly MistralFunction[] = [
  {
    name: 'json_dump',
    parameters: ['data'],
    doc: 'JSON text, indented by four.',
    example: '{{ json_dump([1]) }} → "[\\n    1\\n]"',
    call: (_context, [data], run) => jsonDump(data ?? null, run),
  },
  {
    name: 'json_parse',
    parameters: ['data'],
    doc: 'The value that a JSON text stands for.',
    example: '{{ json_parse(\'{"a": 1}\').a }} → 1',
    call: (_context, [data], run) => jsonParse(data, run),
  },
  {
    name: 'yaml_dump',
    parameters: ['data'],
    doc: 'YAML text in block style with sorted keys.',
    example: '{{ yaml_dump({\'a\': 1}) }} → "a: 1\\n"',
    call: (_context, [data], run) => yamlDump(data ?? null, run),
  },
  {
    name: 'yaml_parse',
    parameters: ['data'],
    doc: 'The value that a YAML text stands for.',
    example: "{{ yaml_parse('a: 1').a }} → 1",
    call: (_context, [data], run) => yamlParse(data, run),
  },
  {
    name: 'uuid',
    parameters: [],
    doc: 'A random UUID.',
    example: '{{ uuid()|length }} → 36',
    call: (_context, _args, run) => run.scope.functions.uuid(),
  },
];

const EXECUTION_FUNCTIONS: readonly MistralFunction[] = [
  {
    name: 'env',
    parameters: [],
    doc: 'The environment of the workflow execution.',
    example: '{{ env().region }}',
    call: (context, _args, run) => env(context(), run),
  },
  {
    name: 'execution',
    parameters: [],
    doc: 'The workflow execution: id, name, spec, input, params, created_at, updated_at, root_execution_id.',
    example: '{{ execution().id }}',
    call: (_context, _args, run) => run.import(available(run.scope.functions.execution, 'execution')()),
  },
  {
    name: 'executions',
    parameters: [
      ['id', null],
      ['root_execution_id', null],
      ['state', null],
      ['from_time', null],
      ['to_time', null],
    ],
    doc: 'Workflow executions, all or those that match.',
    example: "{{ executions(state='ERROR')|length }}",
    call: (_context, [id, rootExecutionId, state, fromTime, toTime], run) => {
      const query = {
        id: textOrNull(id),
        rootExecutionId: textOrNull(rootExecutionId),
        state: textOrNull(state),
        fromTime: textOrNull(fromTime),
        toTime: textOrNull(toTime),
      };
      return run.import(available(run.scope.functions.executions, 'executions')(query));
    },
  },
  {
    name: 'task',
    parameters: [['task_name', null]],
    doc: 'The current task or the one of this name: id, name, spec, state, state_info, result, published, type, times.',
    example: "{{ task('build').result }}",
    call: (_context, [name], run) => run.import(available(run.scope.functions.task, 'task')(textOrNull(name))),
  },
  {
    name: 'tasks',
    parameters: [
      ['workflow_execution_id', null],
      ['recursive', false],
      ['state', null],
      ['flat', false],
    ],
    doc: 'Tasks of one or all workflow executions, those of subworkflows included when it is recursive.',
    example: "{{ tasks(execution().id, state='ERROR')|map(attribute='name')|list }}",
    call: (_context, [id, recursive, state, flat], run) => {
      const query = {
        workflowExecutionId: textOrNull(id),
        recursive: truthy(recursive),
        state: textOrNull(state),
        flat: truthy(flat),
      };
      return run.import(available(run.scope.functions.tasks, 'tasks')(query));
    },
  },
  {
    name: 'global',
    parameters: ['var_name'],
    doc: 'A variable of the root context of the workflow execution, none when there is none.',
    example: "{{ global('region') }}",
    call: (_context, [name], run) =>
      run.import(available(run.scope.functions.global, 'global')(textOrNull(name) ?? '')),
  },
];

/** The functions of Mistral in the order in which documentation lists them. */
export const MISTRAL_FUNCTIONS: readonly MistralFunction[] = [...EXECUTION_FUNCTIONS, ...DATA_FUNCTIONS];
