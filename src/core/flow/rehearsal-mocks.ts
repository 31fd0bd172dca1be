import { workflowFromRaw } from '../language/index.js';
import type { ActionOutcome } from './events.js';
import type { MockedResult, Rehearsal, RehearsalOptions } from './rehearsal-types.js';
import type { ActionRow } from './rows.js';
import type { PlainAction, WorkflowDefinition } from './scope.js';
import { isWait } from './waiting-actions.js';

/** Results for the task at a path: those given for the path, else those for the task's name. */
export function mockFor(rehearsal: Rehearsal, path: string): readonly MockedResult[] | undefined {
  const actions = rehearsal.actions ?? {};
  const name = path.slice(path.lastIndexOf('/') + 1);
  const key = [path, name].find((candidate) => Object.hasOwn(actions, candidate));
  const mocks = key === undefined ? undefined : actions[key];
  return mocks === undefined || mocks.length === 0 ? undefined : mocks;
}

/** A workflow that is not among the texts but called only by tasks with mocked results. */
export function stubWorkflow(
  workflows: ReadonlyMap<string, WorkflowDefinition>,
  rehearsal: Rehearsal,
  name: string,
): WorkflowDefinition | undefined {
  const callers = [...workflows.values()]
    .flatMap(({ spec }) => [...spec.tasks.values()])
    .filter((task) => task.workflow !== undefined && mockFor(rehearsal, task.name) !== undefined);
  if (callers.length === 0) return undefined;
  const ref = { id: `workflow:${name}`, name, namespace: '', workbookName: null, specId: name };
  return { ref, spec: workflowFromRaw({ name, version: '2.0', tasks: {} }) };
}

export function plainActionFor({ findAction }: RehearsalOptions, name: string): PlainAction | undefined {
  if (findAction !== undefined) return findAction(name);
  return {
    name,
    isAsync: name.includes('async'),
    inputError: nothing,
    buildError: nothing,
    runPure: OWN_RESULTS[name],
  };
}

/** Of an action without side effects. */
export function ownResult(options: RehearsalOptions, action: ActionRow): MockedResult | undefined {
  const plain = plainActionFor(options, action.runName);
  const answer = plain?.runPure?.(action.runInput ?? action.input, action.id);
  if (answer === undefined || answer === 'pending') return undefined;
  const outcome = isWait(answer) ? answer.outcome : answer;
  if (outcome.state === 'CANCELLED') return { kind: 'cancelled' };
  return { kind: outcome.state === 'SUCCESS' ? 'success' : 'error', data: outcome.result };
}

export function outcomeOf(mocked: MockedResult): ActionOutcome {
  if (mocked.kind === 'success') return { state: 'SUCCESS', result: mocked.data };
  if (mocked.kind === 'error') return { state: 'ERROR', result: mocked.data };
  return { state: 'CANCELLED', result: null };
}

function nothing(): undefined {
  return undefined;
}

const OWN_RESULTS: Readonly<Record<string, NonNullable<PlainAction['runPure']>>> = {
  'std.noop': () => ({ state: 'SUCCESS', result: null }),
  'std.echo': (input) => ({ state: 'SUCCESS', result: input['output'] ?? null }),
  'std.fail': (input) => ({ state: 'ERROR', result: input['error_data'] ?? 'Fail action expected exception.' }),
};
