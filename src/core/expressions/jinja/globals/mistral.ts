import { dictGet, isDict } from '../../../shared/index.js';
import { jsonDump, jsonParse, yamlDump, yamlParse } from '../../data-texts.js';
import { EvaluationError, PyError } from '../../errors.js';
import { pyRepr, truthy, typeName, type Value } from '../../values/index.js';
import { textOf, typeError, Undefined, type Parameter, type Run } from '../runtime/index.js';

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

/** Text made by a data function, counted. */
function dumped(text: string, run: Run): string {
  run.budget.output(text.length);
  return text;
}

/** Markup is text to the data functions; what is undefined fails. */
function plain(value: Value | undefined): Value {
  if (value instanceof Undefined) value.fail();
  return textOf(value) ?? value ?? null;
}

const DATA_FUNCTIONS: readonly MistralFunction[] = [
  {
    name: 'json_dump',
    parameters: ['data'],
    doc: 'JSON text, indented by four.',
    example: "{{ [json_dump([1])] }} → ['[\\n    1\\n]']",
    call: (_context, [data], run) => dumped(jsonDump(plain(data), run.budget), run),
  },
  {
    name: 'json_parse',
    parameters: ['data'],
    doc: 'The value that a JSON text stands for.',
    example: '{{ json_parse(\'{"a": 1}\').a }} → 1',
    call: (_context, [data], run) => run.import(jsonParse(plain(data), run.budget)),
  },
  {
    name: 'yaml_dump',
    parameters: ['data'],
    doc: 'YAML text in block style with sorted keys.',
    example: "{{ [yaml_dump({'a': 1})] }} → ['a: 1\\n']",
    call: (_context, [data], run) => dumped(yamlDump(plain(data), run.budget), run),
  },
  {
    name: 'yaml_parse',
    parameters: ['data'],
    doc: 'The value that a YAML text stands for.',
    example: "{{ yaml_parse('a: 1').a }} → 1",
    call: (_context, [data], run) => run.import(yamlParse(plain(data), run.budget)),
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
