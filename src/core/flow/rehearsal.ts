import { InputError, NotFoundError } from '../shared/index.js';
import type { Draft } from './draft.js';
import type { FlowEvent, StartRequest } from './events.js';
import { MemoryEngine } from './memory-engine.js';
import { Agenda } from './rehearsal-agenda.js';
import { readDefinitions, type RehearsedDefinitions } from './rehearsal-definitions.js';
import { mockFor, outcomeOf, ownResult, plainActionFor, stubWorkflow } from './rehearsal-mocks.js';
import { pathOf, placedTasks, taskView } from './rehearsal-paths.js';
import type {
  MockedResult,
  Rehearsal,
  RehearsalOptions,
  RehearsalResult,
  RehearsedCall,
  RehearsedEvent,
  RehearsedTask,
} from './rehearsal-types.js';
import type { ActionRow } from './rows.js';

const MOST_EVENTS = 20_000;

/**
 * Plays a workflow in memory with mocked results, on a clock of its own: no action runs, and nothing is waited for.
 * @throws DefinitionError, InputError and EvaluationError as an upload and a start do
 */
export function rehearse(rehearsal: Rehearsal, options: RehearsalOptions = {}): RehearsalResult {
  return new Stage(rehearsal, options).play();
}

class Stage {
  private readonly engine: MemoryEngine;
  private readonly agenda: Agenda;
  private readonly definitions: RehearsedDefinitions;
  private readonly order: string[] = [];
  private readonly calls = new Map<string, RehearsedCall[]>();
  private readonly starts = new Map<string, number>();
  private readonly unanswered = new Set<string>();
  private rootId = '';

  constructor(
    private readonly rehearsal: Rehearsal,
    private readonly options: RehearsalOptions,
  ) {
    this.definitions = readDefinitions(rehearsal.definitions);
    const { workflows, actions } = this.definitions;
    this.engine = new MemoryEngine(
      {
        workflow: (name) => workflows.get(name) ?? stubWorkflow(workflows, rehearsal, name),
        adhocAction: (name) => actions.get(name),
        plainAction: (name) => withoutRun(plainActionFor(options, name)),
      },
      (draft) => this.watch(draft),
      (request) => this.mockChild(request),
    );
    this.agenda = new Agenda(this.engine);
  }

  play(): RehearsalResult {
    const name = this.rehearsal.run ?? this.definitions.first ?? '';
    const workflow = this.definitions.workflows.get(name);
    if (workflow === undefined) throw new NotFoundError(`Workflow not found [workflow_identifier=${name}]`);
    const events = this.rehearsal.events ?? [];
    const start = this.engine.time;
    for (const event of events) if (event.at !== undefined) this.agenda.plan(event.at, () => this.send(event));
    const atRest = events.filter(({ at }) => at === undefined);
    this.rootId = this.engine.startWorkflow(workflow.ref, this.rehearsal.input ?? {}, this.rehearsal.params ?? {});
    for (let left = MOST_EVENTS; left > 0; left -= 1) {
      const next = this.agenda.next() ?? this.onRest(atRest);
      if (next === undefined) return this.result(start);
      this.engine.time = Math.max(this.engine.time, next.at);
      next.happen();
    }
    throw new InputError(`The workflow ${name} does not end: ${MOST_EVENTS} events have happened`);
  }

  private onRest(events: RehearsedEvent[]): ReturnType<Agenda['next']> {
    const event = events.shift();
    return event === undefined ? undefined : { at: this.engine.time, happen: () => this.send(event) };
  }

  private send(event: RehearsedEvent): void {
    if (event.kind !== 'rerun' && event.kind !== 'skip') return this.tell(this.rootId, event);
    const found = placedTasks(this.engine).findLast(({ path }) => path === event.task);
    if (found === undefined) throw new NotFoundError(`There is no task ${event.task} yet`);
    const taskId = found.task.id;
    const { id } = found.flow.execution;
    this.tell(id, event.kind === 'skip' ? { kind: 'skip', taskId } : { kind: 'rerun', taskId, reset: event.reset });
  }

  private tell(executionId: string, event: FlowEvent): void {
    const refusal = this.engine.tell(executionId, event);
    if (refusal !== undefined) throw refusal;
  }

  /** Notes what a decision starts, and plans the results. */
  private watch(draft: Draft): void {
    const started = [...draft.tasks.values()]
      .filter((row) => row.startedAt !== null && draft.base.task(row.id)?.startedAt !== row.startedAt)
      .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
    this.order.push(...started.map((row) => pathOf(this.engine, draft, row)));
    for (const action of draft.actions.values()) if (!draft.base.actions.has(action.id)) this.mockAction(draft, action);
  }

  private mockAction(draft: Draft, action: ActionRow): void {
    const task = draft.task(action.taskExecutionId ?? '');
    if (task === undefined) return;
    const path = pathOf(this.engine, draft, task);
    this.calls.set(path, [...(this.calls.get(path) ?? []), { name: action.name, input: action.input }]);
    const mocked = this.nextMock(path) ?? ownResult(this.options, action);
    if (mocked === undefined) this.unanswered.add(path);
    if (mocked === undefined || mocked.kind === 'never') return;
    const event = { kind: 'action-done', actionId: action.id, outcome: outcomeOf(mocked) } as const;
    this.agenda.plan(mocked.after ?? 0, () => this.engine.tell(draft.execution.id, event));
  }

  /** @returns whether the sub-workflow does not have to run */
  private mockChild({ id, parent }: StartRequest): boolean {
    const flow = this.engine.flows.get(parent?.executionId ?? '');
    const task = flow?.task(parent?.taskExecutionId ?? '');
    if (flow === undefined || task === undefined) return false;
    const mocked = this.nextMock(pathOf(this.engine, flow, task));
    if (mocked === undefined || mocked.kind === 'never') return mocked !== undefined;
    const { state, result } = outcomeOf(mocked);
    const stateInfo = typeof result === 'string' && state !== 'SUCCESS' ? result : null;
    const output = state === 'SUCCESS' ? result : { result };
    const event = { kind: 'child-done', childId: id, state, stateInfo, output } as const;
    this.agenda.plan(mocked.after ?? 0, () => this.engine.tell(flow.execution.id, event));
    return true;
  }

  private nextMock(path: string): MockedResult | undefined {
    const mocks = mockFor(this.rehearsal, path);
    if (mocks === undefined) return undefined;
    const start = this.starts.get(path) ?? 0;
    this.starts.set(path, start + 1);
    return mocks[Math.min(start, mocks.length - 1)];
  }

  private result(start: number): RehearsalResult {
    const tasks = new Map<string, RehearsedTask[]>();
    for (const placed of placedTasks(this.engine))
      tasks.set(placed.path, [...(tasks.get(placed.path) ?? []), taskView(placed, start)]);
    const root = this.engine.flows.get(this.rootId);
    if (root === undefined) throw new NotFoundError('WorkflowExecution not found');
    const { state, stateInfo: info, output } = root.execution;
    const { order, unanswered } = this;
    const calls = Object.fromEntries(this.calls);
    const inputs = new Map([...this.calls].map(([path, list]) => [path, list.map(({ input }) => input)]));
    return { state, info, output, order, tasks, inputs, calls, unanswered: [...unanswered] };
  }
}

/** Results are planned, so that a mocked one can take the place of the action's own. */
function withoutRun(action: ReturnType<typeof plainActionFor>): typeof action {
  return action === undefined ? undefined : { ...action, runPure: undefined };
}
