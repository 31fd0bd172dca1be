import { describe, expect, it } from '@jest/globals';
import { play } from './play.js';

describe('the language', () => {
  it('5.01 a bare dict in an on-clause is a guarded transition (Mistral ignores it)', () => {
    const tasks = (guard: string): string => `
      a: {on-success: {b: <% ${guard} %>}, action: std.noop}
      b: {action: std.noop}`;

    expect(play(tasks('true')).order).toEqual(['a', 'b']);
    expect(play(tasks('false')).order).toEqual(['a']);
  });

  it('5.02 a bare dict in next keeps its guard (Mistral drops it)', () => {
    const run = play(`
      a: {action: std.noop, on-success: {next: {b: <% false %>}}}
      b: {action: std.noop}`);

    expect(run.order).toEqual(['a']);
  });

  it('5.03 a parenthesised command needs a blank in its text', () => {
    const tasks = (command: string): string => `a: {action: std.noop, on-success: "${command}"}`;

    expect(() => play(tasks('fail(msg=x)'))).toThrow('Invalid DSL');
    expect(play(tasks("fail(msg='a b')")).info).toBe('a b');
    expect(play(tasks("fail msg='x'")).info).toBe('x');
    expect(play(tasks('fail msg=x')).state).toBe('ERROR');
  });

  it('5.04 negative numbers, fractions and URLs vanish from one-line calls', () => {
    expect(play('a: {action: std.echo output=-1}').info).toContain("missing=['output']");
    expect(play('a: {action: std.echo output=1.5}').calls['a']?.[0]?.input).toEqual({ output: 1 });
    expect(play('a: {action: "acme.get url=http://h?q=1"}').calls['a']?.[0]?.input).toEqual({ q: 1 });
  });

  it('5.05 parameters of the one-line call win over input', () => {
    expect(play('a: {action: std.echo output=1, input: {output: 2}}').task('a').result).toBe(1);
  });

  it('5.06 a task without an action runs std.noop', () => {
    const run = play('a: {description: nothing}');

    expect(run.calls['a']).toEqual([{ name: 'std.noop', input: {} }]);
    expect(run.task('a')).toMatchObject({ state: 'SUCCESS', result: null, starts: 1 });
  });

  it('5.66 booleans inside a text are written as Python does', () => {
    expect(play('a: {action: std.echo, input: {output: "it is <% true %>, not {}"}}').task('a').result).toBe(
      'it is True, not {}',
    );
  });

  it('5.67 a block text ends with a newline, so its expression gives a text', () => {
    const run = play(`
      a:
        action: std.echo
        input:
          output: |
            <% 1 %>`);

    expect(run.task('a').result).toBe('1\n');
  });

  it('5.76 unknown attributes are accepted at a workflow but not at a task', () => {
    expect(play('a: {action: std.noop}', { head: 'colour: red' }).state).toBe('SUCCESS');
    expect(() => play('a: {action: std.noop, colour: red}')).toThrow('Invalid DSL');
  });

  it('5.82 zero and false at a task do not switch the defaults off', () => {
    const run = play('a: {action: std.noop, wait-before: 0, fail-on: false}', {
      head: 'task-defaults: {wait-before: 2, fail-on: <% true %>}',
    });

    expect(run.task('a')).toMatchObject({ state: 'ERROR', finishedAt: 2, info: "Failed by 'fail-on' policy" });
  });
});
