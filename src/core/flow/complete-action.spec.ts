import { describe, expect, it } from '@jest/globals';
import { Run } from './a-run.js';

const YAML = "version: '2.0'\nw:\n  tasks:\n    t: {action: acme.async}\n";

function paused(): { readonly run: Run; readonly actionId: string } {
  const run = new Run(YAML).start();
  const actionId = run.flow().actionsOf(run.task('t').id)[0]?.id ?? '';
  run.send({ kind: 'action-updated', actionId, state: 'PAUSED' });
  return { run, actionId };
}

describe('an asynchronous action that was paused before an executor came', () => {
  it('is queued again when it goes on', () => {
    const { run, actionId } = paused();
    expect([run.state, run.task('t').state]).toEqual(['PAUSED', 'PAUSED']);
    const before = run.commands.length;

    run.send({ kind: 'action-updated', actionId, state: 'RUNNING', isClaimed: false });

    expect(run.commands.slice(before)).toEqual([{ kind: 'run-action', actionId }]);
    expect(run.flow().action(actionId)).toMatchObject({ state: 'RUNNING', dispatch: 'queued' });
    expect([run.state, run.task('t').state]).toEqual(['RUNNING', 'RUNNING']);
  });

  it('waits for someone outside when an executor had it', () => {
    const { run, actionId } = paused();
    const before = run.commands.length;

    run.send({ kind: 'action-updated', actionId, state: 'RUNNING', isClaimed: true });

    expect(run.commands.slice(before)).toEqual([]);
    expect(run.flow().action(actionId)).toMatchObject({ state: 'RUNNING', dispatch: 'external' });
  });

  it('is not queued twice when RUNNING is reported twice', () => {
    const { run, actionId } = paused();
    run.send({ kind: 'action-updated', actionId, state: 'RUNNING', isClaimed: false });
    const before = run.commands.length;

    run.send({ kind: 'action-updated', actionId, state: 'RUNNING', isClaimed: false });

    expect(run.commands.slice(before)).toEqual([]);
  });
});
