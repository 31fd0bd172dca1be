import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import { bytesOf, growth, TASK_DATA } from './bytes.js';
import { Flow } from './flow.js';
import type { TaskRow } from './rows.js';

const MB = 1_000_000;

describe('the size of data', () => {
  it('counts texts at any depth', () => {
    expect(bytesOf({ a: [{ b: 'x'.repeat(MB) }] })).toBeGreaterThan(MB);
    expect(bytesOf({ a: [{ b: 'x'.repeat(MB) }] })).toBeLessThan(1.01 * MB);
  });

  it('grows with the length of a list', () => {
    expect(bytesOf(Array.from({ length: 1000 }, () => []))).toBeGreaterThan(40_000);
  });
});

describe('the growth of a row', () => {
  const row = { published: null, stateInfo: null } as TaskRow;

  it('is what the new form has more', () => {
    const larger = { ...row, published: { text: 'x'.repeat(MB) } };

    expect(growth(TASK_DATA, row, larger)).toBeGreaterThan(0.9 * MB);
    expect(growth(TASK_DATA, larger, row)).toBe(-growth(TASK_DATA, row, larger));
    expect(growth(TASK_DATA, larger, { ...larger })).toBe(0);
  });
});

it('a flow is as large after its events as when it is read again', () => {
  const run = new Run(`version: '2.0'
wf:
  input: [text]
  tasks:
    one: {action: std.echo output=<% $.text %>, publish: {copy: <% task().result %>}, on-success: two}
    two: {action: std.async_noop}
`).start({ text: 'x'.repeat(MB) });
  const before = run.flow().bytes;
  const flow = run.finish('two', 'y'.repeat(MB)).flow();
  const rows = {
    execution: flow.execution,
    tasks: [...flow.tasks.values()],
    actions: [...flow.actions.values()],
    children: [...flow.children.values()],
    timers: [...flow.timers.values()],
  };

  expect(flow.bytes).toBe(new Flow(rows, flow.spec).bytes);
  expect(flow.bytes - before).toBeGreaterThan(0.9 * MB);
});
