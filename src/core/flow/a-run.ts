import { validate } from '../expressions/index.js';
import { parseWorkflows, type WorkflowSpec } from '../language/index.js';
import type { Json, JsonObject } from '../shared/index.js';
import type { FlowEvent, WorkflowRef } from './events.js';
import type { Flow } from './flow.js';
import { MemoryEngine } from './memory-engine.js';
import type { TaskRow } from './rows.js';
import type { PlainAction } from './scope.js';

/** Builder for specs: runs workflows of one YAML text in memory, sub-workflows included; actions end when the spec says so. */
export class Run extends MemoryEngine {
  private readonly first: string;

  constructor(yaml: string) {
    const definitions = parseWorkflows(yaml, { validateExpression: (text) => validate(text) });
    const specs = new Map<string, WorkflowSpec>(definitions.map(({ spec }) => [spec.name, spec]));
    super({
      plainAction: (name) => ACTIONS[name],
      adhocAction: () => undefined,
      workflow: (name) => {
        const spec = specs.get(name);
        return spec === undefined ? undefined : { ref: refOf(name), spec };
      },
    });
    this.first = definitions[0]?.spec.name ?? '';
  }

  start(input: JsonObject = {}, params: JsonObject = {}, name = this.first): this {
    this.startWorkflow(refOf(name), input, params);
    return this;
  }

  /** The execution that was started first, or the n-th. */
  flow(index = 0): Flow {
    const flow = this.flows.get(this.ids[index] ?? '');
    if (flow === undefined) throw new Error(`no execution ${index}`);
    return flow;
  }

  get state(): string {
    return this.flow().execution.state;
  }

  get output(): Json {
    return this.flow().execution.output;
  }

  task(name: string, index = 0): TaskRow {
    const row = this.flow(index).tasksNamed(name).at(-1);
    if (row === undefined) throw new Error(`no task ${name}`);
    return row;
  }

  states(index = 0): Record<string, string> {
    return Object.fromEntries([...this.flow(index).allTasks()].map((row) => [row.name, row.state]));
  }

  send(event: FlowEvent, index = 0): this {
    const refusal = this.tell(this.flow(index).execution.id, event);
    if (refusal !== undefined) throw refusal;
    return this;
  }

  /** Ends the first unfinished action of a task's present run. */
  finish(taskName: string, result: Json = null, state: 'SUCCESS' | 'ERROR' | 'CANCELLED' = 'SUCCESS', index = 0): this {
    const task = this.task(taskName, index);
    const open = this.flow(index)
      .actionsOf(task.id)
      .find(({ state, run }) => run === task.run && (state === 'RUNNING' || state === 'PAUSED'));
    if (open === undefined) throw new Error(`no open action of ${taskName}`);
    return this.send({ kind: 'action-done', actionId: open.id, outcome: { state, result } }, index);
  }

  /** Fires the earliest timer of all executions. */
  fire(): this {
    const timers = [...this.flows.values()].flatMap((flow) => [...flow.timers.values()]);
    const [next] = timers.sort((a, b) => a.dueAt - b.dueAt);
    if (next === undefined) throw new Error('no timer is set');
    this.time = Math.max(this.time, next.dueAt);
    return this.send({ kind: 'timer', timerId: next.id }, this.ids.indexOf(next.executionId ?? ''));
  }
}

function refOf(name: string): WorkflowRef {
  return { id: `id-${name}`, name, namespace: '', workbookName: null, specId: name };
}

function action(name: string, more: Partial<PlainAction> = {}): PlainAction {
  return { name, isAsync: false, inputError: () => undefined, buildError: () => undefined, ...more };
}

const ACTIONS: Readonly<Record<string, PlainAction>> = {
  'std.noop': action('std.noop', { runPure: () => ({ state: 'SUCCESS', result: null }) }),
  'std.echo': action('std.echo', { runPure: (input) => ({ state: 'SUCCESS', result: input['output'] ?? null }) }),
  'std.fail': action('std.fail', { runPure: () => ({ state: 'ERROR', result: 'failed' }) }),
  'std.async_noop': action('std.async_noop', { isAsync: true, runPure: () => 'pending' }),
  'std.sleep': action('std.sleep'),
  'acme.wait': action('acme.wait', {
    runPure: () => ({ waitSeconds: 60, outcome: { state: 'SUCCESS', result: 'waited' } }),
    timeoutError: (_, seconds) => `over after ${seconds}`,
  }),
  'acme.async': action('acme.async', { isAsync: true }),
};
