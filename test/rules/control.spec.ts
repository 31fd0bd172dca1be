import { describe, expect, it } from '@jest/globals';
import { Run } from '../../src/core/flow/a-run.js';
import { error, play, success } from './play.js';

const ONE = "version: '2.0'\nw: {tasks: {t: {action: std.async_noop}}}";

describe('rerun and skip', () => {
  it('5.52 a skipped last task makes the workflow SUCCESS; without on-skip on-success follows', () => {
    const tail = play('t: {action: acme.do}', { actions: { t: error('no') }, events: [{ kind: 'skip', task: 't' }] });
    const followed = play(
      `
      t: {action: acme.do, on-success: b}
      b: {action: std.noop}`,
      { actions: { t: error('no') }, events: [{ kind: 'skip', task: 't' }] },
    );

    expect([tail.state, tail.task('t').state, tail.task('t').info]).toEqual([
      'SUCCESS',
      'SKIPPED',
      'Task was skipped.',
    ]);
    expect(followed.order).toEqual(['t', 'b']);
  });

  it('5.53 a rerun keeps the old actions; accepted tells which count', () => {
    const run = new Run(ONE).start().finish('t', 'no', 'ERROR');
    run.send({ kind: 'rerun', taskId: run.task('t').id, reset: true }).finish('t', 'yes');

    expect(run.flow().actionsOf(run.task('t').id)).toMatchObject([
      { state: 'ERROR', accepted: false, output: { result: 'no' } },
      { state: 'SUCCESS', accepted: true, output: { result: 'yes' } },
    ]);
  });

  it('5.71 a second completion is refused, and another attempt has an action of its own', () => {
    const run = new Run(ONE).start().finish('t', 'no', 'ERROR');
    const [first] = run.flow().actionsOf(run.task('t').id);
    const again = () =>
      run.send({ kind: 'action-done', actionId: first?.id ?? '', outcome: { state: 'SUCCESS', result: 1 } });

    expect(again).toThrow(`Action ${first?.id} is already completed`);
    run.send({ kind: 'rerun', taskId: run.task('t').id, reset: true });
    expect(again).toThrow('is already completed');
    expect(run.flow().actionsOf(run.task('t').id)[1]?.id).not.toBe(first?.id);
  });
});

describe('stop, pause and resume of what has ended', () => {
  it('5.56 an ERROR stop or a resume of a SUCCESS changes nothing, a pause is refused', () => {
    const run = new Run(ONE).start().finish('t');

    run.send({ kind: 'stop', state: 'ERROR', message: 'late' }).send({ kind: 'resume' });

    expect(run.state).toBe('SUCCESS');
    expect(() => run.send({ kind: 'pause' })).toThrow("Can't change workflow execution state from SUCCESS to PAUSED.");
  });

  it('5.59 a result that comes after a cancel is recorded, also at its task', () => {
    const run = new Run(ONE).start().send({ kind: 'stop', state: 'CANCELLED', message: null });
    expect(run.task('t').state).toBe('RUNNING');

    run.finish('t', 'late');

    expect([run.state, run.task('t').state]).toEqual(['CANCELLED', 'SUCCESS']);
  });

  it('what waits for a retry when the workflow is cancelled does not start (in Mistral it does)', () => {
    const run = play('t: {action: acme.do, retry: {count: 3, delay: 5}}', {
      actions: { t: [error('no'), success(1)] },
      events: [{ kind: 'stop', state: 'CANCELLED', message: null, at: 1 }],
    });

    expect([run.state, run.task('t').starts]).toEqual(['CANCELLED', 1]);
  });
});

describe('notifications', () => {
  it('5.79 are filtered by event types; without any, all are sent, also those without an event', () => {
    const sent = (publisher: Readonly<Record<string, string | readonly string[]>>) => {
      const run = new Run("version: '2.0'\nw: {tasks: {t: {action: std.noop, wait-before: 1}}}");
      run.start({}, { notify: [{ type: 'webhook', url: 'http://h', ...publisher }] }).fire();
      return run.commands.flatMap((command) => (command.kind === 'notify' ? [command.payload['event'] ?? null] : []));
    };

    expect(sent({ event_types: ['TASK_SUCCEEDED'] })).toEqual(['TASK_SUCCEEDED']);
    expect(sent({ event_types: [] })).toEqual(sent({}));
    expect(sent({})).toEqual(
      expect.arrayContaining(['WORKFLOW_LAUNCHED', 'TASK_SUCCEEDED', 'WORKFLOW_SUCCEEDED', null]),
    );
  });
});
