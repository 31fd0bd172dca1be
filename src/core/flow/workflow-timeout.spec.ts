import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

const INFO = 'Workflow timed out [timeout(s)=30].';

function aWorkflow(tasks: string, more = ''): string {
  return `version: '2.0'\nw:\n  timeout: <% 10 * 3 %>\n${more}  tasks:\n${tasks}`;
}

describe('the timeout of a workflow', () => {
  it('ends it in ERROR with its unfinished tasks, and output-on-error', () => {
    const yaml = aWorkflow(
      `    a: {action: std.async_noop, on-error: b}
    b: {action: std.noop}
    c: {action: std.noop, wait-before: 100}
    j: {join: all}
    d: {action: std.noop, on-success: j}
    e: {action: std.async_noop, on-success: j}
`,
      '  output-on-error: {late: true}\n',
    );
    const run = new Run(yaml).start().fire();

    expect([run.state, run.flow().execution.stateInfo]).toEqual(['ERROR', INFO]);
    expect(run.output).toEqual({ result: INFO, late: true });
    expect(run.states()).toEqual({ a: 'ERROR', c: 'ERROR', j: 'ERROR', d: 'SUCCESS', e: 'ERROR' });
    expect(run.task('a').stateInfo).toBe(INFO);
    expect(run.flow().timers.size).toBe(0);
  });

  it('is over with the workflow', () => {
    const run = new Run(aWorkflow('    a: {action: std.async_noop}\n')).start();
    expect([...run.flow().timers.values()].map(({ kind }) => kind)).toEqual(['workflow-timeout']);

    run.finish('a');

    expect([run.state, run.flow().timers.size]).toEqual(['SUCCESS', 0]);
  });

  it('cancels sub-workflows', () => {
    const yaml = aWorkflow('    a: {workflow: sub}\n') + 'sub:\n  tasks:\n    t: {action: std.async_noop}\n';
    const run = new Run(yaml).start().fire();

    expect([run.state, run.flow(1).execution.state]).toEqual(['ERROR', 'CANCELLED']);
    expect(run.flow(1).execution.stateInfo).toBe(INFO);
  });

  it('counts during a pause, and again from a rerun', () => {
    const run = new Run(aWorkflow('    a: {action: std.async_noop}\n')).start();
    run.send({ kind: 'pause' }).fire();
    expect(run.state).toBe('ERROR');

    run.send({ kind: 'rerun', taskId: run.task('a').id, reset: true });

    expect([run.state, run.task('a').state, run.flow().timers.size]).toEqual(['RUNNING', 'RUNNING', 1]);
    run.finish('a');
    expect(run.state).toBe('SUCCESS');
  });

  it.each(['soon', '-1', '1.5'])('is refused at upload when it is %s', (value) => {
    expect(() => new Run(`version: '2.0'\nw:\n  timeout: ${value}\n  tasks:\n    a: {action: std.noop}\n`)).toThrow(
      'Invalid DSL',
    );
  });

  it('lets nothing start when it is no number', () => {
    const yaml = "version: '2.0'\nw:\n  timeout: <% 'soon' %>\n  tasks:\n    a: {action: std.noop}\n";

    expect(() => new Run(yaml).start()).toThrow("Invalid data type in TimeoutPolicy: 'soon' is not of type 'integer'");
  });
});
