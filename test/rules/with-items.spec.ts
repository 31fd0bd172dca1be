import { describe, expect, it } from '@jest/globals';
import { Run } from '../../src/core/flow/a-run.js';
import { error, play, success } from './play.js';

describe('with-items', () => {
  it('5.32 one item gives a list of one result, none an empty list and SUCCESS', () => {
    const tasks = (list: string): string => `
      t: {with-items: 'i in <% ${list} %>', action: std.echo output=<% $.i %>, on-success: b}
      b: {action: std.noop}`;

    expect(play(tasks('[7]')).task('t').result).toEqual([7]);
    expect(play(tasks('[]')).task('t')).toMatchObject({ state: 'SUCCESS', result: [] });
    expect(play(tasks('[]')).order).toEqual(['t', 'b']);
  });

  it('5.33 results are ordered by item, not by the time they came', () => {
    const run = play('t: {with-items: "i in [1, 2, 3]", action: acme.do}', {
      actions: { t: [success('a', 3), success('b', 1), success('c', 2)] },
    });

    expect(run.task('t').result).toEqual(['a', 'b', 'c']);
  });

  it('5.34 publishes once, after all items', () => {
    const run = play(
      't: {with-items: "i in [1, 2]", action: acme.do, publish: {n: "<% $.get(n, 0) + 1 %>", r: <% task().result %>}}',
      { actions: { t: [success('a', 1), success('b', 2)] } },
    );

    expect(run.output).toEqual({ n: 1, r: ['a', 'b'] });
  });

  it('5.35 a text is a list of its characters, a dict one of its keys', () => {
    const run = (list: string) =>
      play(`t: {with-items: 'i in <% ${list} %>', action: std.echo output=<% $.i %>}`).task('t').result;

    expect(run('abc')).toEqual(['a', 'b', 'c']);
    expect(run('dict(k => 1, l => 2)')).toEqual(['k', 'l']);
  });

  it('5.36 the item variable hides a published variable of its name (in Mistral the other way round)', () => {
    const run = play(`
      a: {action: std.noop, publish: {i: published}, on-success: t}
      t: {with-items: 'i in [1, 2]', action: std.echo output=<% $.i %>}`);

    expect(run.task('t').result).toEqual([1, 2]);
  });

  it('5.58 a cancelled item makes the task CANCELLED, whatever else has failed', () => {
    const run = new Run(`version: '2.0'
w: {tasks: {t: {with-items: 'i in [1, 2, 3]', action: std.async_noop}}}`).start();

    run.finish('t', 'no', 'ERROR').finish('t', null, 'CANCELLED');

    expect(run.task('t')).toMatchObject({ state: 'CANCELLED', stateInfo: 'One or more actions was cancelled.' });
    expect(run.state).toBe('CANCELLED');
  });

  it('errors do not stop the other items', () => {
    const run = play('t: {with-items: "i in [1, 2, 3]", concurrency: 1, action: acme.do, on-error: noop}', {
      actions: { t: [error('no'), success(2)] },
    });

    expect(run.task('t')).toMatchObject({ state: 'ERROR', starts: 3, info: 'One or more actions had failed.' });
  });
});
