import { expect, it } from '@jest/globals';
import type { ReportExecution, ReportTask } from '../client/report.js';
import { treeLines } from './tree-lines.js';

const NO_ITEMS = new Map<string, number>();
const ROW = { created_at: '', updated_at: null, state_info: null };

function task(name: string, more: Partial<ReportTask> = {}): ReportTask {
  return { ...ROW, id: name, name, state: 'RUNNING', workflow_executions: [], action_executions: [], ...more };
}

function execution(name: string, tasks: readonly ReportTask[], state = 'RUNNING'): ReportExecution {
  return { ...ROW, id: name, name, state, task_executions: tasks };
}

function actions(states: readonly string[], accepted = true): ReportTask['action_executions'] {
  return states.map((state, i) => ({ ...ROW, id: String(i), name: 'std.echo', state, accepted }));
}

it('counts tasks by state, and shows why a task waits or failed', () => {
  const root = execution('w', [
    task('a', { state: 'SUCCESS', state_info: 'not told' }),
    task('wait', { state: 'DELAYED', state_info: "Delayed by 'retry'\npolicy" }),
  ]);

  expect(treeLines(root, NO_ITEMS, 1234)).toEqual([
    '1.2 s  RUNNING  w: 1 SUCCESS, 1 DELAYED',
    '  SUCCESS   a',
    "  DELAYED   wait   Delayed by 'retry' policy",
  ]);
});

it('draws a bar for the items that have ended, without attempts that were replaced', () => {
  const action_executions = [...actions(['SUCCESS', 'ERROR', 'RUNNING']), ...actions(['ERROR'], false)];

  expect(treeLines(execution('w', [task('read', { action_executions })]), new Map([['read', 8]]), 0)).toContain(
    '  RUNNING   read   [######..................] 2/8',
  );
});

it('shows the tasks of a sub-workflow below its task', () => {
  const child = execution('child', [task('x', { state: 'SUCCESS' }), task('y')]);

  expect(treeLines(execution('w', [task('b', { workflow_executions: [child] })]), NO_ITEMS, 0)).toEqual([
    '0.0 s  RUNNING  w: 1 RUNNING',
    '  RUNNING   b > child',
    '  SUCCESS     x',
    '  RUNNING     y',
  ]);
});

it('shows of the sub-workflows of items only some that have not succeeded', () => {
  const children = Array.from({ length: 9 }, (_, i) => execution('leaf', [], i < 2 ? 'SUCCESS' : 'RUNNING'));
  const root = execution('w', [task('fan', { workflow_executions: children })]);

  const lines = treeLines(root, new Map([['fan', 9]]), 0);

  expect(lines.slice(2).map((line) => line.trim())).toEqual(
    [3, 4, 5, 6, 7].map((number) => `RUNNING     > leaf ${number}`),
  );
});
