import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import { assertSize, cutToFit } from './field-size.js';
import type { FlowScope } from './scope.js';

const limited = (fieldSizeLimitKb: number) => ({ scope: { settings: { fieldSizeLimitKb } } as FlowScope });

describe('the size limit', () => {
  it('refuses what is larger, in the words of the original', () => {
    expect(() => assertSize(limited(1), 'input', { a: 'x'.repeat(3000) })).toThrow(
      'Field size limit exceeded [class=TaskExecution, field=input, size=2KB, limit=1KB]',
    );
    expect(() => assertSize(limited(-1), 'input', { a: 'x'.repeat(3000) })).not.toThrow();
  });

  it.each([
    ['a text', 'x'.repeat(5000), 'xxx'],
    ['a text that JSON writes longer', '"'.repeat(5000), '"""'],
    ['a dict', { code: 7, log: 'x'.repeat(5000) }, '{"code": 7, "log": "xxx'],
    ['a list', [1, 'x'.repeat(5000)], "[1, 'xxx"],
  ])('cuts %s to fit', (_, value, start) => {
    const cut = cutToFit(limited(1), value) as string;

    expect(cut.startsWith(start)).toBe(true);
    expect(cut.endsWith('...')).toBe(true);
    expect(() => assertSize(limited(1), 'output', { result: cut })).not.toThrow();
  });

  it.each([[{ code: 7 }], ['x'.repeat(900)], [null]])('leaves %j as it is', (value) => {
    expect(cutToFit(limited(1), value)).toEqual(value);
    expect(cutToFit(limited(-1), value)).toEqual(value);
  });
});

describe('the output of an action', () => {
  const yaml = "version: '2.0'\nw:\n  tasks:\n    t: {action: std.async_noop, on-error: noop}\n";
  const large = 'x'.repeat(2_000_000);

  it('ends the execution when a result is too large', () => {
    const run = new Run(yaml).start().finish('t', large);

    expect([run.state, run.task('t').state]).toEqual(['ERROR', 'ERROR']);
    expect(run.task('t').stateInfo).toContain('Field size limit exceeded');
  });

  it.each(['ERROR', 'CANCELLED'] as const)('keeps the start of a large error: %s', (state) => {
    const run = new Run(yaml).start().finish('t', large, state);

    const [action] = run.flow().actionsOf(run.task('t').id);
    expect([run.task('t').state, action?.state]).toEqual([state, state]);
    expect((action?.output?.['result'] as string).length).toBeLessThan(1025 * 1024);
  });
});
