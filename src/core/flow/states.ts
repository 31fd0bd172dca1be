export const EXECUTION_STATES = ['IDLE', 'RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED'] as const;
export type ExecutionState = (typeof EXECUTION_STATES)[number];

export const TASK_STATES = [
  'IDLE',
  'WAITING',
  'RUNNING',
  'DELAYED',
  'PAUSED',
  'SUCCESS',
  'ERROR',
  'CANCELLED',
  'SKIPPED',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const ACTION_STATES = ['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** How a run can end. */
export type FinalState = 'SUCCESS' | 'ERROR' | 'CANCELLED';

const FINAL: ReadonlySet<string> = new Set(['SUCCESS', 'ERROR', 'CANCELLED', 'SKIPPED']);

/** Changes of state that Mistral allows; staying in a state is always allowed. */
const TRANSITIONS: Readonly<Record<TaskState, readonly TaskState[]>> = {
  IDLE: ['RUNNING', 'ERROR', 'CANCELLED'],
  WAITING: ['RUNNING'],
  RUNNING: ['PAUSED', 'DELAYED', 'SUCCESS', 'ERROR', 'CANCELLED'],
  DELAYED: ['RUNNING', 'ERROR', 'CANCELLED'],
  PAUSED: ['RUNNING', 'ERROR', 'CANCELLED'],
  SUCCESS: [],
  // As in Mistral, a CANCELLED execution may run again: a rerun of one of its failed tasks revives it.
  CANCELLED: ['RUNNING'],
  ERROR: ['RUNNING', 'SKIPPED'],
  SKIPPED: [],
};

/** SUCCESS, ERROR, CANCELLED or SKIPPED. */
export function isFinal(state: TaskState): boolean {
  return FINAL.has(state);
}

/** Whether the table of section 2 of the engine's contract allows the change. */
export function isAllowedTransition(from: TaskState, to: TaskState): boolean {
  return from === to || TRANSITIONS[from].includes(to);
}
