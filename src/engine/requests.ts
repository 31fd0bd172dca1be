import type { FinalState, FlowEvent } from '../core/flow/index.js';
import { dictSize, InputError, isDict, type Json } from '../core/shared/index.js';
import type { ExecutionPatch } from './engine.js';

const ALLOWED = 'RUNNING, PAUSED, SUCCESS, ERROR, CANCELLED';
const ENDS: ReadonlySet<string> = new Set(['SUCCESS', 'ERROR', 'CANCELLED']);

/** The events that a PUT of an execution asks for. @throws InputError for what can't be combined or is no state */
export function stateEvent(patch: ExecutionPatch): readonly FlowEvent[] {
  const { state, description, env, stateInfo } = patch;
  if (state === undefined && description === undefined && env === undefined)
    throw new InputError('The property state, description, or env is not provided for update.');
  if (state !== undefined && description !== undefined)
    throw new InputError('The property description must be updated separately from state.');
  if (state !== undefined && state !== 'RUNNING' && env !== undefined)
    throw new InputError(
      'The property env can only be updated when workflow execution is not running or on resume from pause.',
    );
  if (state === undefined) return [{ kind: 'update', ...given({ description, env }) }];
  if (state === 'RUNNING') return [{ kind: 'resume', ...given({ env }) }];
  if (state === 'PAUSED') return [{ kind: 'pause' }];
  if (ENDS.has(state)) return [{ kind: 'stop', state: state as FinalState, message: stateInfo ?? null }];
  throw new InputError(`Cannot change state to ${state}. Allowed states are: '${ALLOWED}`);
}

/** The event that a PUT of an action execution asks for. @throws InputError when the state is none of the five */
export function actionEvent(actionId: string, state: string, result: Json | undefined): FlowEvent {
  switch (state) {
    case 'SUCCESS':
      return { kind: 'action-done', actionId, outcome: { state, result: result === undefined ? {} : result } };
    case 'ERROR':
      return {
        kind: 'action-done',
        actionId,
        outcome: { state, result: isNothing(result) ? 'Unknown error' : (result ?? null) },
      };
    case 'CANCELLED':
      return { kind: 'action-done', actionId, outcome: { state, result: null } };
    case 'PAUSED':
    case 'RUNNING':
      return { kind: 'action-updated', actionId, state };
    default:
      throw new InputError(
        `Error. Expected one of ['SUCCESS', 'ERROR', 'CANCELLED', 'PAUSED', 'RUNNING'], actual: ${state}`,
      );
  }
}

/** An ERROR without data, or with an empty object. */
function isNothing(result: Json | undefined): boolean {
  return result === undefined || (isDict(result) && dictSize(result) === 0);
}

/** Without the members that are undefined: events are stored in the journal as JSON. */
export function given<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}
