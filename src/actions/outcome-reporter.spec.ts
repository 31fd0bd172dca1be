import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../config/index.js';
import { type ClaimedAction, ServiceUnavailableError } from '../store/index.js';
import { OutcomeReporter } from './outcome-reporter.js';

const CLAIMED = { id: 'a1', executionId: 'e1' } as ClaimedAction;
const DONE = { state: 'SUCCESS', result: 1 } as const;

describe('OutcomeReporter', () => {
  it('reports again until the database is back', async () => {
    const { reporter, calls } = aReporter(2, new ServiceUnavailableError('away'));
    expect(await reporter.report(CLAIMED, DONE, new AbortController().signal)).toBe(true);

    expect(calls).toEqual(Array(3).fill(['a1', 'e1', DONE]));
  });

  it('reports no more once the action is no longer ours', async () => {
    const stop = new AbortController();
    const { reporter, calls } = aReporter(Infinity, new ServiceUnavailableError('away'));
    const reporting = reporter.report(CLAIMED, DONE, stop.signal);
    stop.abort();
    expect(await reporting).toBe(false);

    expect(calls).toHaveLength(1);
  });

  it('gives up a result that can not be stored for another reason', async () => {
    const { reporter, calls } = aReporter(Infinity, new Error('a bug'));
    expect(await reporter.report(CLAIMED, DONE, new AbortController().signal)).toBe(false);

    expect(calls).toHaveLength(5);
  });
});

function aReporter(failures: number, error: Error): { reporter: OutcomeReporter; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const report = (...call: unknown[]): Promise<void> => {
    calls.push(call);
    return calls.length <= failures ? Promise.reject(error) : Promise.resolve();
  };
  return { reporter: new OutcomeReporter({ report }, silentLogger), calls };
}
