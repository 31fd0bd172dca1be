import { workflowFromRaw } from '../language/index.js';
import type { JsonObject } from '../shared/index.js';
import { Flow, type FlowReader, type FlowRows } from './flow.js';
import type { ActionRow, ChildRow, Instant, TaskRow, TimerRow } from './rows.js';
import { isFinal } from './states.js';
import { itemCount } from './tally.js';
import { formatInstant } from './times.js';
import { explainJoin } from './why-join.js';
import type { ExplainedTask, ExplainedWait, Explanation } from './why-types.js';

/** Who runs an action, as the database knows it beside the action's row. */
export interface ActionClaim {
  readonly claimedBy: string | null;
  readonly claimedAt: Instant | null;
  readonly leaseUntil: Instant | null;
  readonly attempts: number;
}

/** What only the database knows. */
export interface OutsideFacts {
  readonly claims: ReadonlyMap<string, ActionClaim>;
  /** Events on their way to the execution. */
  readonly undelivered: number;
}

/** Waits listed for one task; a task with more items says how many there are. */
const MAX_WAITS = 20;

/**
 * Says for each unfinished task what it waits for, until when, and who holds it.
 * @param flow  the execution with its tasks, and what is unfinished of the rest
 */
export function explain(flow: FlowReader, facts: OutsideFacts): Explanation {
  const { execution } = flow;
  const tasks = [...flow.allTasks()].filter((task) => !isFinal(task.state) || isHeldBack(flow, task));
  const deadline = flow.timersOf(null).find(({ kind }) => kind === 'workflow-timeout');
  return {
    id: execution.id,
    workflow_name: execution.workflowName,
    state: execution.state,
    state_info: execution.stateInfo,
    why: executionText(flow, tasks.length),
    until: formatInstant(deadline?.dueAt ?? null),
    undelivered_events: facts.undelivered,
    tasks: tasks.map((task) => explainTask(flow, task, facts)),
  };
}

/** {@link explain} over rows and the stored form of the definition. */
export function explainRows(rows: FlowRows, rawSpec: JsonObject, facts: OutsideFacts): Explanation {
  return explain(new Flow(rows, workflowFromRaw(rawSpec)), facts);
}

function executionText(flow: FlowReader, waiting: number): string {
  const { state, stateInfo } = flow.execution;
  if (state === 'PAUSED')
    return `It is paused${stateInfo === null ? '' : ` (${stateInfo})`}; it goes on when somebody sets its state to RUNNING.`;
  if (isFinal(state))
    return waiting === 0 ? 'It has ended.' : 'It has ended; tasks that still run change nothing of it.';
  return waiting === 0
    ? 'It is about to end.'
    : `It ends when ${waiting === 1 ? 'this task has' : 'these tasks have'} ended.`;
}

/** Ended during a pause: what follows it comes with the resume. */
function isHeldBack(flow: FlowReader, task: TaskRow): boolean {
  return flow.execution.state === 'PAUSED' && !task.processed;
}

function explainTask(flow: FlowReader, task: TaskRow, facts: OutsideFacts): ExplainedTask {
  const { why, waits } = waitsOf(flow, task, facts);
  const timers = flow.timersOf(task.id);
  const deadline = timers.find(({ kind }) => kind === 'timeout');
  return {
    id: task.id,
    name: task.name,
    type: task.type,
    state: task.state,
    state_info: task.stateInfo,
    why,
    timeout_at: formatInstant(deadline?.dueAt ?? null),
    waits_for: waits.slice(0, MAX_WAITS),
    more: Math.max(0, waits.length - MAX_WAITS),
  };
}

interface Waits {
  readonly why: string;
  readonly waits: readonly ExplainedWait[];
}

function waitsOf(flow: FlowReader, task: TaskRow, facts: OutsideFacts): Waits {
  switch (task.state) {
    case 'IDLE':
      return { why: idleText(flow, task), waits: [] };
    case 'WAITING':
      return explainJoin(flow, task);
    case 'DELAYED':
      return explainDelay(flow.timersOf(task.id));
    case 'RUNNING':
    case 'PAUSED':
      return explainRunning(flow, task, facts);
    case 'SUCCESS':
    case 'ERROR':
    case 'CANCELLED':
    case 'SKIPPED':
      return { why: 'It has ended; what follows it starts when the execution is resumed.', waits: [] };
  }
}

function idleText(flow: FlowReader, task: TaskRow): string {
  if (flow.execution.state !== 'PAUSED') return 'It is about to start.';
  const info = task.stateInfo === null ? '' : ` (${task.stateInfo})`;
  return `It starts when the execution is resumed${info}.`;
}

const DELAYS: Readonly<Record<string, string>> = {
  'wait-before': 'It waits before it starts (wait-before).',
  'wait-after': 'It has run and waits before it ends (wait-after).',
  retry: 'Its last attempt failed; it waits for the next one (retry).',
};

function explainDelay(timers: readonly TimerRow[]): Waits {
  const timer = timers.find(({ kind }) => kind in DELAYS);
  if (timer === undefined) return { why: 'It is delayed and no timer is set; the sweep will wake it.', waits: [] };
  const why = DELAYS[timer.kind] ?? '';
  return { why, waits: [{ kind: 'timer', name: timer.kind, why, until: formatInstant(timer.dueAt) }] };
}

function explainRunning(flow: FlowReader, task: TaskRow, facts: OutsideFacts): Waits {
  const actions = flow.actionsOf(task.id).filter((action) => !isFinal(action.state));
  const children = flow.childrenOf(task.id).filter((child) => !isFinal(child.state));
  const waits = [
    ...actions.map((action) => explainAction(action, facts.claims.get(action.id), flow.timer(action.id))),
    ...children.map(explainChild),
  ];
  const count = itemCount(task);
  if (count > 0) return { why: itemsText(flow, task, count, waits.length), waits };
  const [first] = waits;
  return { why: first?.why ?? 'Its result is being worked on.', waits };
}

function itemsText(flow: FlowReader, task: TaskRow, count: number, underWay: number): string {
  const { accepted, errors } = flow.tally(task.id);
  const limit = task.runtimeContext['concurrency'];
  const parts = [`${accepted} of ${count} items have ended${errors > 0 ? ` (${errors} with an error)` : ''}`];
  parts.push(`${underWay} ${underWay === 1 ? 'is' : 'are'} under way`);
  const left = count - accepted - underWay;
  if (left > 0)
    parts.push(`${left} wait for a free place${typeof limit === 'number' ? ` (concurrency ${limit})` : ''}`);
  return `${parts.join(', ')}.`;
}

function explainAction(action: ActionRow, claim: ActionClaim | undefined, timer: TimerRow | undefined): ExplainedWait {
  const { id, name, state } = action;
  const common: JsonObject = {
    kind: 'action',
    id,
    name,
    state,
    index: action.index,
    since: formatInstant(action.createdAt),
  };
  const held =
    action.dispatch === 'timer' && action.state === 'RUNNING' ? timeOf(action, timer) : holderOf(action, claim);
  return { ...common, ...held } as ExplainedWait;
}

type Held = Pick<ExplainedWait, 'why' | 'until' | 'held_by' | 'attempts'>;

function timeOf({ name }: ActionRow, timer: TimerRow | undefined): Held {
  if (timer === undefined) return { why: `Action ${name} waits and no timer is set; the sweep will wake it.` };
  return { why: `Action ${name} only waits for its time.`, until: formatInstant(timer.dueAt) };
}

function holderOf(action: ActionRow, claim: ActionClaim | undefined): Held {
  const { name, id, state, dispatch, target } = action;
  const put = `PUT /v2/action_executions/${id}`;
  if (state === 'PAUSED') return { why: `Action ${name} is paused; it goes on by ${put} with the state RUNNING.` };
  if (dispatch === 'external')
    return { why: `Action ${name} has been started; its result comes from outside by ${put}.` };
  if (dispatch === 'inline') return { why: `Action ${name} is about to run inside the engine.` };
  if (claim === undefined || claim.claimedBy === null) {
    const whom = target === null ? 'an executor' : `an executor of ${target}`;
    return { why: `Action ${name} waits for ${whom} with a free place.` };
  }
  return {
    why: `Action ${name} runs on ${claim.claimedBy}; if that is not heard of, it is given up after its lease.`,
    until: formatInstant(claim.leaseUntil),
    held_by: claim.claimedBy,
    attempts: claim.attempts,
  };
}

function explainChild({ id, workflowName, state, index, createdAt }: ChildRow): ExplainedWait {
  return {
    kind: 'execution',
    id,
    name: workflowName,
    state,
    index,
    since: formatInstant(createdAt),
    why: `It waits for sub-workflow ${workflowName}; GET /v2/executions/${id}/why tells more.`,
  };
}
