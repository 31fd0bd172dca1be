import type { FlowEvent } from '../../src/core/flow/events.js';
import type { Flow } from '../../src/core/flow/flow.js';
import type { ActionRow, TaskRow } from '../../src/core/flow/rows.js';
import { isFinal } from '../../src/core/flow/states.js';
import type { World } from './world.js';

/** One thing that may happen next; a schedule is a list of numbers that choose among those possible. */
type Move = () => void;

export interface MoveKinds {
  /** Pauses, resumes, stops, reruns, skips by users. */
  readonly users: boolean;
  /** Crashes, lost executors, sweeps, repeated and late messages. */
  readonly accidents: boolean;
}

/** Makes the move that a number chooses; an impossible one does nothing. */
export function makeMove(world: World, choice: number, kinds: MoveKinds): void {
  const made = chosen(world, choice, kinds);
  if (made.length > 0) made[Math.floor(choice / 64) % made.length]?.();
}

/** Lets everything end: messages arrive, actions succeed, timers fire, pauses are resumed. @returns steps it took */
export function letEverythingEnd(world: World): void {
  for (let step = 0; step < 3000; step += 1) {
    const [next] = [...deliveries(world), ...results(world, 'SUCCESS'), ...timers(world), ...resumes(world)];
    if (next === undefined) return;
    next();
  }
  throw new Error('it goes on for ever');
}

/** What an action answers; the same for the same item and attempt of a task, whenever it comes. */
export type Answers = (task: TaskRow, action: ActionRow) => 'SUCCESS' | 'ERROR';

/** Messages arrive, actions end and timers fire in the order that the numbers choose, until nothing is left. */
export function playInOrder(world: World, choices: readonly number[], answers: Answers): void {
  for (let step = 0; step < 3000; step += 1) {
    const moves = [...deliveries(world), ...answered(world, answers), ...timers(world)];
    const choice = choices[step % choices.length] ?? 0;
    const move = moves[choice % moves.length];
    if (move === undefined) return;
    move();
  }
  throw new Error('it goes on for ever');
}

function answered(world: World, answers: Answers): readonly Move[] {
  const open = actionsWhere([...world.flows.values()], (row) => !isFinal(row.state) && row.dispatch !== 'inline');
  return open.flatMap(([flow, row]): Move[] => {
    const task = flow.task(row.taskExecutionId ?? '');
    if (task === undefined) return [];
    const outcome = { state: answers(task, row), result: `${task.name} ${row.index} ${row.run}` };
    return [send(world, flow, { kind: 'action-done', actionId: row.id, outcome })];
  });
}

function chosen(world: World, choice: number, kinds: MoveKinds): readonly Move[] {
  const kind = choice % 64;
  if (kind < 16) return deliveries(world);
  if (kind < 30) return results(world, 'SUCCESS');
  if (kind < 37) return results(world, 'ERROR');
  if (kind < 38) return results(world, 'CANCELLED');
  if (kind < 46) return timers(world);
  if (kind < 56) return kinds.users ? userMoves(world, kind) : [];
  return kinds.accidents ? accidents(world, kind) : [];
}

function userMoves(world: World, kind: number): readonly Move[] {
  const flows = [...world.flows.values()];
  switch (kind) {
    case 46:
    case 47:
      return flows.map((flow) => send(world, flow, { kind: 'pause' }));
    case 48:
    case 49:
      return resumes(world);
    case 50:
      return flows.flatMap((flow) =>
        (['CANCELLED', 'ERROR', 'SUCCESS'] as const).map((state) =>
          send(world, flow, { kind: 'stop', state, message: 'enough' }),
        ),
      );
    case 51:
    case 52:
      return failedTasks(flows).map(([flow, task]) =>
        send(world, flow, { kind: 'rerun', taskId: task.id, reset: true }),
      );
    case 53:
      return failedTasks(flows).map(([flow, task]) =>
        send(world, flow, { kind: 'rerun', taskId: task.id, reset: false }),
      );
    case 54:
      return failedTasks(flows).map(([flow, task]) => send(world, flow, { kind: 'skip', taskId: task.id }));
    default:
      return actionsWhere(flows, (row) => !isFinal(row.state)).map(([flow, row]) =>
        send(world, flow, {
          kind: 'action-updated',
          actionId: row.id,
          state: row.state === 'PAUSED' ? 'RUNNING' : 'PAUSED',
        }),
      );
  }
}

function accidents(world: World, kind: number): readonly Move[] {
  const flows = [...world.flows.values()];
  switch (kind) {
    case 56:
    case 57:
      return [() => world.crash()];
    case 58:
      return actionsWhere(flows, (row) => row.dispatch === 'queued' && row.state === 'RUNNING').map(([flow, row]) =>
        send(world, flow, { kind: 'action-lost', actionId: row.id }),
      );
    case 59:
      return actionsWhere(flows, (row) => isFinal(row.state)).map(([flow, row]) =>
        send(world, flow, {
          kind: 'action-done',
          actionId: row.id,
          outcome: { state: 'SUCCESS', result: 'twice' },
        }),
      );
    case 60:
      return flows.map((flow) => send(world, flow, { kind: 'sweep' }));
    case 61:
      return flows.map((flow) => send(world, flow, { kind: 'timer', timerId: 'gone' }));
    case 62:
      return [...world.letters.keys()].map((target) => () => world.deliver(target, Infinity));
    default:
      return [0, 1, 3, Infinity].map((budget) => () => {
        world.budget = budget;
      });
  }
}

function deliveries(world: World): readonly Move[] {
  return [...world.letters.keys()].map((target) => () => world.deliver(target));
}

function results(world: World, state: 'SUCCESS' | 'ERROR' | 'CANCELLED'): readonly Move[] {
  const open = actionsWhere([...world.flows.values()], (row) => !isFinal(row.state) && row.dispatch !== 'inline');
  return open.map(([flow, row]) =>
    send(world, flow, {
      kind: 'action-done',
      actionId: row.id,
      outcome: { state, result: row.index % 2 === 0 ? 'bad' : null },
    }),
  );
}

/** The earliest first; others may overtake it, as late timers do. */
function timers(world: World): readonly Move[] {
  const rows = [...world.flows.values()].flatMap((flow) => [...flow.timers.values()]);
  rows.sort((a, b) => a.dueAt - b.dueAt);
  return rows.map((row) => () => world.fire(row.id, row.executionId ?? ''));
}

function resumes(world: World): readonly Move[] {
  const paused = [...world.flows.values()].filter((flow) => flow.execution.state === 'PAUSED');
  return paused.map((flow) => send(world, flow, { kind: 'resume' }));
}

function send(world: World, flow: Flow, event: FlowEvent): Move {
  return () => world.decide(flow.execution.id, [event]);
}

function failedTasks(flows: readonly Flow[]): readonly (readonly [Flow, TaskRow])[] {
  return flows.flatMap((flow) =>
    [...flow.tasks.values()].filter((task) => task.state === 'ERROR').map((task) => [flow, task] as const),
  );
}

function actionsWhere(
  flows: readonly Flow[],
  wanted: (row: ActionRow) => boolean,
): readonly (readonly [Flow, ActionRow])[] {
  return flows.flatMap((flow) => [...flow.actions.values()].filter(wanted).map((row) => [flow, row] as const));
}
