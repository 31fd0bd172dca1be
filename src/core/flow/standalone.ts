import type { DataFunctions, EvaluationScope } from '../expressions/index.js';
import { InputError, type JsonObject, NotFoundError } from '../shared/index.js';
import { ActionLookupError, adhocChain, adhocResult, resolveAction, type ResolvedAction } from './action-lookup.js';
import type { ActionOutcome, FlowEvent } from './events.js';
import { assertSize, cutToFit } from './field-size.js';
import { lostText } from './leftovers.js';
import type { ActionRow, TimerRow } from './rows.js';
import type { AdhocAction, FlowScope, PlainAction, Wait } from './scope.js';
import { isFinal } from './states.js';
import { isWait, waitTimer } from './waiting-actions.js';
import { messageOf } from './work.js';

/** An action to be run on its own, outside of any workflow. */
export interface StandaloneCall {
  readonly name: string;
  readonly namespace: string;
  readonly input: JsonObject;
  readonly description: string | null;
  readonly target: string | null;
  readonly timeoutSeconds: number | null;
}

/** A new action execution, with the timer that ends it when it only waits. */
export interface NewStandalone {
  readonly row: ActionRow;
  readonly timer?: TimerRow;
}

/** A stored action execution as an event leaves it; `isRun`: an executor has to start it again. */
export interface StandaloneUpdate {
  readonly row: ActionRow;
  readonly isRun: boolean;
}

/**
 * Finds the action and prepares its input, down the chain of ad-hoc definitions; there is no task or environment to see.
 * @throws ActionLookupError, EvaluationError, NeedsData
 */
export function resolveStandalone(scope: FlowScope, { name, namespace, input }: StandaloneCall): ResolvedAction {
  try {
    return resolveAction(scope, { name, namespace, input, workbookName: null }, (params) => ({
      layers: [params, { __env: {} }],
      ...evaluating(scope),
    }));
  } catch (error) {
    // As in Mistral, this request alone does not name the namespace.
    if (!(error instanceof ActionLookupError) || !error.message.startsWith('Failed to find action ')) throw error;
    throw new ActionLookupError(`Failed to find action [action_name=${name}]`, 'unknown');
  }
}

/**
 * The row of an action that an executor will run, that someone outside will finish, or that only waits.
 * @throws StateError when the input is too large
 */
export function newStandalone(
  scope: FlowScope,
  call: StandaloneCall,
  action: ResolvedAction,
  own: Pick<ActionRow, 'id' | 'projectId'>,
): NewStandalone {
  assertSize({ scope }, 'input', action.input);
  const { plain, plainInput, adhoc } = action;
  const answer = plain.runPure?.(plainInput, own.id);
  const at = scope.tick();
  const row: ActionRow = {
    ...own,
    taskExecutionId: null,
    executionId: null,
    workflowName: null,
    workflowNamespace: call.namespace,
    name: action.name,
    description: call.description,
    tags: null,
    state: 'RUNNING',
    stateInfo: null,
    accepted: false,
    input: action.input,
    output: null,
    index: 0,
    run: 0,
    dispatch: isWait(answer) ? 'timer' : plain.isAsync && answer === 'pending' ? 'external' : 'queued',
    isSync: !plain.isAsync,
    safeRerun: plain.isSafeToRerun === true,
    target: call.target,
    timeoutSeconds: call.timeoutSeconds,
    runName: plain.name,
    runInput: adhoc.length > 0 ? plainInput : null,
    createdAt: at,
    updatedAt: at,
  };
  return isWait(answer) ? { row, timer: waitTimer(row, withinTimeout(plain, row, answer)) } : { row };
}

/** One whose time to wait is longer than its timeout has timed out then. */
function withinTimeout(plain: PlainAction, { id, timeoutSeconds }: ActionRow, wait: Wait): Wait {
  if (timeoutSeconds === null || timeoutSeconds <= 0 || timeoutSeconds >= wait.waitSeconds) return wait;
  const result = plain.timeoutError?.(id, timeoutSeconds) ?? `Timeout after ${timeoutSeconds} seconds`;
  return { waitSeconds: timeoutSeconds, outcome: { state: 'ERROR', result } };
}

/** The outcome after the transforms of the ad-hoc definitions; one that can't be made is an error. @throws NeedsData */
export function endStandalone(
  scope: FlowScope,
  name: string,
  adhoc: readonly AdhocAction[],
  outcome: ActionOutcome,
): ActionOutcome {
  if (outcome.state !== 'SUCCESS') return { state: outcome.state, result: cutToFit({ scope }, outcome.result) };
  try {
    const root = outcome.result;
    const result = adhocResult(adhoc, root, (value) => ({ layers: [], root: value, ...evaluating(scope) }));
    assertSize({ scope }, 'output', { result });
    return { state: outcome.state, result };
  } catch (error) {
    const result = `Failed to complete action [error=${messageOf(error)}, action=${name}, task=None]`;
    return { state: 'ERROR', result };
  }
}

/**
 * What an event makes of a stored action execution; undefined when nothing changes.
 * @param isClaimed  an executor has started it
 * @throws InputError when it has ended before or can't be paused; NeedsData
 */
export function updateStandalone(
  scope: FlowScope,
  row: ActionRow,
  isClaimed: boolean,
  event: FlowEvent,
): StandaloneUpdate | undefined {
  switch (event.kind) {
    case 'action-done':
      return completed(scope, row, event.outcome);
    case 'action-updated':
      return event.state === 'PAUSED' ? paused(scope, row) : resumed(scope, row, isClaimed);
    case 'action-pending':
      return isFinal(row.state) ? undefined : { row: { ...row, dispatch: 'external' }, isRun: false };
    case 'action-lost':
      return lost(scope, row);
    default:
      throw new NotFoundError(`WorkflowExecution not found [action_execution_id=${row.id}]`);
  }
}

function completed(scope: FlowScope, row: ActionRow, outcome: ActionOutcome): StandaloneUpdate {
  refuseEnded(row);
  const adhoc = row.runInput === null ? [] : adhocChain(scope, row.name, row.workflowNamespace ?? '');
  const { state, result } = endStandalone(scope, row.name, adhoc, outcome);
  return { row: { ...row, state, output: { result }, accepted: true, updatedAt: scope.tick() }, isRun: false };
}

function paused(scope: FlowScope, row: ActionRow): StandaloneUpdate {
  refuseEnded(row);
  if (row.isSync)
    throw new InputError('Transition to the PAUSED state is only supported for asynchronous action execution.');
  return { row: { ...row, state: 'PAUSED', updatedAt: scope.tick() }, isRun: false };
}

/** A pause ends the wait for an executor: one that had not come by then is asked again, else the result comes from outside. */
function resumed(scope: FlowScope, row: ActionRow, isClaimed: boolean): StandaloneUpdate {
  refuseEnded(row);
  const isRun = row.state === 'PAUSED' && row.dispatch === 'queued' && !isClaimed;
  const dispatch = row.state === 'PAUSED' && !isRun ? 'external' : row.dispatch;
  return { row: { ...row, state: 'RUNNING', dispatch, updatedAt: scope.tick() }, isRun };
}

function lost(scope: FlowScope, row: ActionRow): StandaloneUpdate | undefined {
  if (isFinal(row.state) || row.dispatch !== 'queued') return undefined;
  if (row.safeRerun) return { row, isRun: true };
  return completed(scope, row, { state: 'ERROR', result: lostText(row) });
}

function refuseEnded(row: ActionRow): void {
  if (isFinal(row.state)) throw new InputError(`Action ${row.id} is already completed`);
}

function evaluating(scope: FlowScope): Pick<EvaluationScope, 'bounds' | 'functions'> {
  const functions: DataFunctions = {
    env: () => ({}),
    executions: (query) => scope.data({ kind: 'executions', ...query }),
    tasks: (query) => scope.data({ kind: 'tasks', ...query }),
    uuid: scope.newId,
    now: scope.tick,
    random: scope.random,
  };
  return scope.bounds === undefined ? { functions } : { functions, bounds: scope.bounds };
}
