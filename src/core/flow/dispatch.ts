import type { Json, JsonObject } from '../shared/index.js';
import { endExecution } from './finish.js';
import { triggerJoin } from './joins.js';
import { pauseExecution } from './pause.js';
import { newTask } from './new-task.js';
import type { FlowCommand } from './flow-command.js';
import { isExecutionFinal, isPaused, messageOf, type Work } from './work.js';

/** Carries out commands in order; what a pause leaves over waits in the backlog (section 3.5 of the engine's contract). */
export function dispatchCommands(work: Work, commands: readonly FlowCommand[]): void {
  const waiting = isPaused(work) ? [] : takeBacklog(work);
  const left: FlowCommand[] = [];
  for (const command of [...waiting, ...arranged(commands)]) {
    if (isExecutionFinal(work)) break;
    if (isPaused(work)) left.push(command);
    else carryOut(work, command);
  }
  if (left.length > 0) addToBacklog(work, left);
}

/** Commands that count as successors: behind `succeed` nothing does, as the execution has what it wanted. */
export function successors(commands: readonly FlowCommand[]): readonly FlowCommand[] {
  const first = commands.findIndex((command) => command.kind !== 'run' && command.kind !== 'noop');
  return commands[first]?.kind === 'succeed' ? commands.slice(0, first) : commands;
}

/** What is carried out of the commands: `fail` and `succeed` end the list, `pause` keeps its tail. */
function arranged(commands: readonly FlowCommand[]): readonly FlowCommand[] {
  const effective = commands.filter((command) => command.kind !== 'noop');
  const first = effective.findIndex((command) => command.kind !== 'run');
  if (first === -1) return effective;
  return effective[first]?.kind === 'pause' ? effective : effective.slice(0, first + 1);
}

function carryOut(work: Work, command: FlowCommand): void {
  switch (command.kind) {
    case 'run':
      return runTask(work, command);
    case 'pause':
      return pauseExecution(work, command.message);
    case 'fail':
      return fail(work, command.message, command.result);
    case 'succeed':
      return succeed(work, command.message);
    case 'noop':
      return undefined;
  }
}

function runTask(work: Work, command: Extract<FlowCommand, { kind: 'run' }>): void {
  const spec = work.draft.spec.tasks.get(command.name);
  if (spec === undefined) return;
  if (spec.join !== undefined) return triggerJoin(work, spec, command.taskId);
  const task = newTask(
    work,
    spec,
    'IDLE',
    command.taskId === null ? [] : [{ task_id: command.taskId, event: command.event ?? '' }],
  );
  work.steps.push({ kind: 'start-task', taskId: task.id });
}

function fail(work: Work, message: string | null, result: Json): void {
  endExecution(work, 'ERROR', message);
  const { output } = work.draft.execution;
  if (
    result !== message &&
    typeof output === 'object' &&
    output !== null &&
    (output as JsonObject)['result'] === message
  )
    work.draft.setExecution({ output: { ...(output as JsonObject), result } });
}

/** An output that can't be evaluated makes it an ERROR, as at any other end. */
function succeed(work: Work, message: string | null): void {
  try {
    endExecution(work, 'SUCCESS', message);
  } catch (error) {
    const { id, workflowName } = work.draft.execution;
    endExecution(
      work,
      'ERROR',
      `Failed to check and complete [wf_ex_id=${id}, wf_name=${workflowName}]: ${messageOf(error)}`,
    );
  }
}

function takeBacklog(work: Work): readonly FlowCommand[] {
  const { backlog_commands: stored, ...rest } = work.draft.execution.runtimeContext;
  if (stored === undefined) return [];
  work.draft.setExecution({ runtimeContext: rest });
  return stored as unknown as readonly FlowCommand[];
}

function addToBacklog(work: Work, commands: readonly FlowCommand[]): void {
  const { runtimeContext } = work.draft.execution;
  const known = (runtimeContext['backlog_commands'] ?? []) as readonly Json[];
  const backlog = [...known, ...(commands as unknown as readonly Json[])];
  work.draft.setExecution({ runtimeContext: { ...runtimeContext, backlog_commands: backlog } });
}
