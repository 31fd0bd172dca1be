import { expect, it } from '@jest/globals';
import type { TaskView } from './client.js';
import { progressLines } from './progress.js';

const task = (more: Partial<TaskView>): TaskView => ({
  id: 'i',
  name: 't',
  type: 'ACTION',
  state: 'RUNNING',
  state_info: null,
  runtime_context: '{}',
  done: 0,
  ...more,
});

it('counts tasks by state and draws a bar for the items that have ended', () => {
  const tasks = [
    task({ name: 'read', done: 2, runtime_context: '{"with_items": {"count": 8, "capacity": null}}' }),
    task({ name: 'wait', state: 'DELAYED', state_info: "Delayed by 'retry' policy [delay=1]" }),
  ];

  expect(progressLines(tasks, 1234)).toEqual([
    '1.2 s  1 RUNNING, 1 DELAYED',
    '  RUNNING  read               [######..................] 2/8',
    "  DELAYED  wait               Delayed by 'retry' policy [delay=1]",
  ]);
});
