import { describe, expect, it } from '@jest/globals';
import { play } from '../../../test/rules/play.js';
import { Run } from './a-run.js';

const nested = (depth: number): string =>
  Array.from({ length: depth }, (_, i) =>
    i + 1 < depth ? `w${i}:\n  tasks: {t: {workflow: w${i + 1}}}\n` : `w${i}:\n  tasks: {t: {action: std.fail}}\n`,
  ).join('');

describe('the text of a failure', () => {
  it('does not grow with each level of sub-workflows', () => {
    const lengthAt = (depth: number) => play('t: {workflow: w0}', { also: nested(depth) }).info?.length ?? 0;

    expect(lengthAt(24)).toBe(lengthAt(12));
    expect(lengthAt(24)).toBeLessThan(10_000);
  });

  it('is cut when many children fail with long results', () => {
    const yaml = `version: '2.0'\nw:\n  tasks:\n    t: {with-items: i in <% range(100) %>, action: std.async_noop}\n`;
    const run = new Run(yaml).start();
    for (let index = 0; index < 100; index++) run.finish('t', 'x'.repeat(50_000), 'ERROR');

    expect(run.flow().execution.stateInfo).toHaveLength(65_503);
  });

  it('is whole when it is short', () => {
    const run = play('t: {workflow: w0}', { also: nested(1) });

    expect(run.info).toMatch(/^Failure caused by error in tasks: t\n\n {2}t \[task_ex_id=.*\] -> Failure caused/);
    expect(run.info).not.toContain('...');
  });
});
