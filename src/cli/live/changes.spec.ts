import { expect, it } from '@jest/globals';
import type { ReportExecution } from '../client/report.js';
import { Changes } from './changes.js';

const ROW = { created_at: '', updated_at: null, state_info: null };

function report(state: string, childStates: readonly string[]): ReportExecution {
  const children = childStates.map((childState, i) => ({
    ...ROW,
    id: `child ${i}`,
    name: 'child',
    state: childState,
    task_executions: [task(`x ${i}`, 'x', childState, [])],
  }));
  return { ...ROW, id: 'w', name: 'w', state: 'RUNNING', task_executions: [task('a', 'a', state, children)] };
}

function task(id: string, name: string, state: string, workflow_executions: readonly ReportExecution[]) {
  return { ...ROW, id, name, state, workflow_executions, action_executions: [] };
}

it('tells each state of each task once, with its path', () => {
  const changes = new Changes();

  expect(changes.in(report('RUNNING', ['RUNNING', 'RUNNING']))).toEqual([
    { path: 'a', state: 'RUNNING', info: null },
    { path: 'a[0]/x', state: 'RUNNING', info: null },
    { path: 'a[1]/x', state: 'RUNNING', info: null },
  ]);
  expect(changes.in(report('RUNNING', ['RUNNING', 'SUCCESS']))).toEqual([
    { path: 'a[1]/x', state: 'SUCCESS', info: null },
  ]);
});
