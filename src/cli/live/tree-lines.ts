import { FINAL_STATES, type ReportExecution, type ReportTask } from '../client/report.js';

const BAR_WIDTH = 24;
const STATE_WIDTH = 9;
const MAX_NAME_WIDTH = 40;
/** Of the executions of a with-items task, only those that have not succeeded are drawn, and no more than these. */
const MAX_CHILDREN = 5;

/** Items by the id of a with-items task. */
export type ItemCounts = ReadonlyMap<string, number>;

/** Lines that show how far an execution is: its tasks with those of sub-workflows below them; bars for with-items. */
export function treeLines(root: ReportExecution, items: ItemCounts, elapsedMs: number): readonly string[] {
  const rows = rowsOf(root, items, 1);
  const width = Math.min(MAX_NAME_WIDTH, Math.max(0, ...rows.map(({ depth, name }) => 2 * depth + name.length)));
  return [headLine(root, elapsedMs), ...rows.map((row) => rowText(row, width))];
}

interface Row {
  readonly depth: number;
  readonly state: string;
  readonly name: string;
  readonly detail: string;
}

function headLine(root: ReportExecution, elapsedMs: number): string {
  const counts = new Map<string, number>();
  for (const { state } of root.task_executions) counts.set(state, (counts.get(state) ?? 0) + 1);
  const summary = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${(elapsedMs / 1000).toFixed(1)} s  ${root.state}  ${root.name}${summary === '' ? '' : `: ${summary}`}`;
}

function rowText({ depth, state, name, detail }: Row, width: number): string {
  const indented = `${'  '.repeat(depth)}${name}`.slice(2);
  return `  ${state.padEnd(STATE_WIDTH)} ${indented.padEnd(width)} ${detail}`.trimEnd();
}

function rowsOf(execution: ReportExecution, items: ItemCounts, depth: number): readonly Row[] {
  return execution.task_executions.flatMap((task) => taskRows(task, items, depth));
}

function taskRows(task: ReportTask, items: ItemCounts, depth: number): readonly Row[] {
  const { state, name, workflow_executions: children } = task;
  const total = items.get(task.id) ?? 0;
  if (total > 0) return [{ depth, state, name, detail: bar(doneItems(task), total) }, ...itemRows(task, items, depth)];
  const last = children.at(-1);
  const detail = detailOf(task);
  if (last === undefined) return [{ depth, state, name, detail }];
  return [{ depth, state, name: `${name} > ${last.name}`, detail }, ...rowsOf(last, items, depth + 1)];
}

/** The executions of items that have not succeeded. */
function itemRows(task: ReportTask, items: ItemCounts, depth: number): readonly Row[] {
  const open = task.workflow_executions
    .map((child, index) => ({ child, name: `> ${child.name} ${index + 1}` }))
    .filter(({ child }) => child.state !== 'SUCCESS');
  return open
    .slice(0, MAX_CHILDREN)
    .flatMap(({ child, name }) => [
      { depth: depth + 1, state: child.state, name, detail: infoOf(child) },
      ...rowsOf(child, items, depth + 2),
    ]);
}

function doneItems({ action_executions, workflow_executions }: ReportTask): number {
  const actions = action_executions.filter(({ state, accepted }) => accepted && FINAL_STATES.includes(state));
  return actions.length + workflow_executions.filter(({ state }) => FINAL_STATES.includes(state)).length;
}

function bar(done: number, total: number): string {
  const full = Math.round((BAR_WIDTH * Math.min(done, total)) / total);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}] ${Math.min(done, total)}/${total}`;
}

function detailOf(task: ReportTask): string {
  const { state, state_info } = task;
  const isTelling = state_info !== null && (state === 'DELAYED' || state === 'ERROR' || state === 'PAUSED');
  return isTelling ? infoOf(task) : '';
}

function infoOf({ state_info }: { readonly state_info: string | null }): string {
  return state_info?.trim().replace(/\s+/g, ' ') ?? '';
}
