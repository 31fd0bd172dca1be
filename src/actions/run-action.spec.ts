import { describe, expect, it } from '@jest/globals';
import {
  type ActionCall,
  type ActionDefinition,
  defineAction,
  failure,
  type InputShape,
  pending,
  success,
} from '@tramontane/plugin-sdk';
import { silentLogger } from '../config/index.js';
import { PyFloat } from '../core/shared/index.js';
import { type ActionRun, runAction } from './run-action.js';

const ID = '01234567-89ab-cdef-0123-456789abcdef';

describe('runAction', () => {
  it('hands over the input as plain values, defaults filled in', async () => {
    const action = anAction(({ input }) => success(input), { rate: 'any', unit: { type: 'text', default: 'm' } });

    expect(await runAction(action, aRun({ input: { rate: [new PyFloat(4)] } }))).toEqual({
      kind: 'success',
      data: { rate: [4], unit: 'm' },
    });
  });

  it('hands over exact values to an action that wants them', async () => {
    const exact = { ...anAction(({ input }) => success(input.rate), { rate: 'any' }), keepsExactValues: true };

    expect(await runAction(exact, aRun({ input: { rate: new PyFloat(4) } }))).toEqual({
      kind: 'success',
      data: new PyFloat(4),
    });
  });

  it('turns what is thrown into an error', async () => {
    const action = anAction(() => {
      throw new Error('no paper');
    });

    expect(await runAction(action, aRun())).toEqual({
      kind: 'error',
      data: `The action raised an exception [action=<acme.act object at 0x0123456789ab>, action_ex_id=${ID}, msg='no paper']`,
    });
  });

  it('keeps the data of a failure', async () => {
    expect(
      await runAction(
        anAction(() => failure({ code: 7 })),
        aRun(),
      ),
    ).toEqual({ kind: 'error', data: { code: 7 } });
  });

  it('refuses data that cannot be stored and says where it is', async () => {
    const result = await runAction(
      anAction(() => success({ items: [1, () => 2] })),
      aRun(),
    );

    expect(result).toMatchObject({
      kind: 'error',
      data: expect.stringContaining("msg='result.items[1] is a function'"),
    });
  });

  it('stores dates as text and leaves out undefined members', async () => {
    const data = { at: new Date(0), none: undefined };

    expect(
      await runAction(
        anAction(() => success(data)),
        aRun(),
      ),
    ).toEqual({ kind: 'success', data: { at: '1970-01-01T00:00:00.000Z' } });
  });

  it('lets only asynchronous actions be pending, and those always unless they fail', async () => {
    const isAsync = (action: ActionDefinition) => ({ ...action, isAsync: true });

    expect(await runAction(isAsync(anAction(() => pending())), aRun())).toEqual({ kind: 'pending' });
    expect(await runAction(isAsync(anAction(() => success(1))), aRun())).toEqual({ kind: 'pending' });
    expect(await runAction(isAsync(anAction(() => failure('x'))), aRun())).toEqual({ kind: 'error', data: 'x' });
    expect(
      await runAction(
        anAction(() => pending()),
        aRun(),
      ),
    ).toMatchObject({ kind: 'error' });
  });

  it('ends an action at its timeout, even one that does not listen', async () => {
    const result = await runAction(
      anAction(() => new Promise<never>(() => undefined)),
      aRun({ timeoutSeconds: 0.01 }),
    );

    const data: unknown = expect.stringContaining("msg='Timeout after 0.01 seconds'");
    expect(result).toEqual({ kind: 'error', data, isTimeout: true });
  });

  it('tells the action its deadline', async () => {
    const action = anAction(({ deadlineAt }) => success(deadlineAt));

    expect(await runAction(action, aRun({ timeoutSeconds: 5 }))).toEqual({ kind: 'success', data: 6_000 });
    expect(await runAction(action, aRun())).toEqual({ kind: 'success', data: null });
  });

  it('rejects when it is told to stop from outside', async () => {
    const stop = new AbortController();
    const running = runAction(
      anAction(() => new Promise<never>(() => undefined)),
      aRun({ signal: stop.signal }),
    );
    stop.abort(new Error('shutting down'));

    await expect(running).rejects.toThrow('shutting down');
  });
});

function anAction(
  run: (call: ActionCall<Record<string, unknown>>) => ReturnType<typeof success> | Promise<never>,
  input: InputShape = {},
): ActionDefinition {
  return defineAction('acme.act', { description: 'Acts.', input }, (call) =>
    run(call as ActionCall<Record<string, unknown>>),
  );
}

function aRun(overrides: Partial<ActionRun> = {}): ActionRun {
  const execution = {
    workflowExecutionId: null,
    taskExecutionId: null,
    actionExecutionId: ID,
    workflowName: null,
    callbackUrl: null,
  };
  return {
    input: {},
    execution,
    idempotencyKey: ID,
    logger: silentLogger,
    now: () => 1_000,
    ...overrides,
  };
}
