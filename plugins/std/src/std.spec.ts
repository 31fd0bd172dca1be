import { describe, expect, it } from '@jest/globals';
import { after, failure, inputProblem, pending, signatureOf, success, testAction } from '@tramontane/plugin-sdk';
import { asyncNoop } from './async-noop.action.js';
import { echo } from './echo.action.js';
import { fail } from './fail.action.js';
import pack from './index.js';
import { noop } from './noop.action.js';
import { sleep } from './sleep.action.js';
import { testDict } from './test-dict.action.js';

/** As the engine keeps the float 4.0. */
const WHOLE_FLOAT = { value: 4, valueOf: () => 4 };

describe('signatures', () => {
  it.each([
    ['std.async_noop', ''],
    ['std.echo', 'output, delay=0'],
    ['std.fail', 'error_data=null'],
    ['std.noop', ''],
    ['std.sleep', 'seconds=1'],
    ['std.test_dict', 'size=0, key_prefix="", val=""'],
  ])('%s is listed with "%s"', (name, signature) => {
    const action = pack.createActions({}).find((a) => a.name === name);

    expect(action && signatureOf(action.parameters)).toBe(signature);
  });

  it('names missing and unexpected parameters in the words of the original', () => {
    expect(inputProblem(echo, { volume: 1 })).toBe(
      "Invalid input [name=std.echo, class=mistral.actions.std_actions.EchoAction, missing=['output'], unexpected=['volume']]",
    );
    expect(inputProblem(noop, { x: 1 })).toBe(
      "Invalid input [name=std.noop, class=mistral.actions.std_actions.NoOpAction, unexpected=['x']]",
    );
  });
});

describe('std.noop and std.async_noop', () => {
  it('noop succeeds with null', async () => {
    expect(noop.runPure?.({ input: {} })).toEqual(success(null));
    expect(await testAction(noop)).toEqual(success(null));
  });

  it('async_noop leaves the result to others', () => {
    expect(asyncNoop).toMatchObject({ isAsync: true });
    expect(asyncNoop.runPure?.({ input: {} })).toEqual(pending());
  });
});

describe('std.echo', () => {
  it('hands the very same value on, so that nothing of it is lost', () => {
    const output = { n: 12345678901234567890n, f: WHOLE_FLOAT };

    const outcome = echo.runPure?.({ input: { output, delay: 0 } });

    expect(outcome?.kind === 'success' && outcome.data).toBe(output);
  });

  it.each([['soon'], [-5], ['0.5'], ['-1'], [0.9], [false]])('takes delay %p as 0', (delay) => {
    expect(echo.runPure?.({ input: { output: 'x', delay } })).toEqual(success('x'));
  });

  it.each([[1], ['1'], [WHOLE_FLOAT], [true]])('has its outcome after delay %p', (delay) => {
    expect(echo.runPure?.({ input: { output: 'x', delay } })).toEqual(after(Number(delay), success('x')));
  });

  it.each([[null], [[1]], [{}]])('cannot be built with delay %p', async (delay) => {
    await expect(testAction(echo, { output: 'x', delay })).rejects.toThrow('delay must be a number of seconds');
  });

  it('stops waiting when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));

    await expect(testAction(echo, { output: 'x', delay: 100 }, { signal })).rejects.toThrow('cancelled');
  });
});

describe('std.fail', () => {
  it.each([['why'], [7], [true], [[1, 'two']], [{ code: 7 }], [WHOLE_FLOAT]])('fails with %p', (data) => {
    expect(fail.runPure?.({ input: { error_data: data } })).toEqual(failure(data));
  });

  it.each([[''], [0], [false], [null], [[]], [{}]])('throws when the data is %p', (data) => {
    expect(() => fail.runPure?.({ input: { error_data: data } })).toThrow('Fail action expected exception.');
  });
});

describe('std.sleep', () => {
  it.each([[0], [-3], ['no']])('does not wait for %p seconds', (seconds) => {
    expect(sleep.runPure?.({ input: { seconds } })).toEqual(success(null));
  });

  it('only has to be woken for other numbers', () => {
    expect(sleep.runPure?.({ input: { seconds: 20 } })).toEqual(after(20, success(null)));
  });

  it('waits and succeeds with null', async () => {
    const startedAt = Date.now();

    expect(await testAction(sleep)).toEqual(success(null));
    expect(Date.now() - startedAt).toBeGreaterThan(950);
  });

  it('cannot be built with null', async () => {
    await expect(testAction(sleep, { seconds: null })).rejects.toThrow('seconds must be a number of seconds, got null');
  });
});

describe('std.test_dict', () => {
  it.each([
    [{}, {}],
    [{ size: 3 }, { 0: '', 1: '', 2: '' }],
    [
      { size: 2, key_prefix: 'k', val: 'v' },
      { k0: 'v', k1: 'v' },
    ],
    [{ size: 1, key_prefix: 'x_', val: { deep: [1] } }, { x_0: { deep: [1] } }],
    [{ size: -1 }, {}],
  ])('of %p is %p', async (input, result) => {
    expect(await testAction(testDict, input)).toEqual(success(result));
  });

  it.each([
    ['2', "'str' object cannot be interpreted as an integer"],
    [null, "'NoneType' object cannot be interpreted as an integer"],
    [2.5, "'float' object cannot be interpreted as an integer"],
    [2_000_000, 'size must be at most 1000000'],
  ])('refuses the size %p', async (size, message) => {
    await expect(testAction(testDict, { size })).rejects.toThrow(message);
  });

  it('makes big dicts outside of the engine', () => {
    expect(testDict.runPure?.({ input: { size: 10_001, key_prefix: '', val: '' } })).toBeUndefined();
  });
});
