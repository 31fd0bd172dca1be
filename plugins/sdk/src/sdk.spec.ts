import { describe, expect, it } from '@jest/globals';
import {
  type ActionOutcome,
  defineAction,
  definePack,
  inputProblem,
  isPack,
  numberOf,
  signatureOf,
  success,
  testAction,
  typeName,
} from './index.js';

describe('defineAction', () => {
  it('lists parameters in the order of their declaration, with JSON defaults', () => {
    const action = defineAction(
      'acme.ship',
      {
        description: '',
        input: { to: 'text', via: { type: 'text', default: 'post' }, tags: { type: 'list', default: null } },
      },
      ({ input }): ActionOutcome => success([input.to.length, input.via.length, input.tags?.length]),
    );

    expect(signatureOf(action.parameters)).toBe('to, via="post", tags=null');
  });

  it.each([['two words'], [''], ['.x'], ['x.'], ['1.a']])('refuses the name "%s"', (name) => {
    expect(() => defineAction(name, { description: '' }, () => success())).toThrow('expected words with dots between');
  });

  it('refuses an action that can never do anything', () => {
    expect(() => defineAction('acme.nothing', { description: '' })).toThrow('has neither run nor runPure');
  });

  it('says so when only a pure function exists and gives no outcome', async () => {
    const action = defineAction('acme.odd', { description: '', runPure: () => undefined });

    await expect(testAction(action)).rejects.toThrow('action "acme.odd": runPure gave no outcome');
  });

  it('takes what is pure for safe to run again', () => {
    expect(defineAction('acme.pure', { description: '', runPure: () => success() }).isSafeToRerun).toBe(true);
    expect(defineAction('acme.other', { description: '' }, () => success()).isSafeToRerun).toBe(false);
  });
});

describe('the names of parameters', () => {
  const action = defineAction(
    'a',
    { description: '', className: 'A', input: { x: 'any', y: { type: 'any', default: 1 } } },
    () => success(),
  );

  it.each([
    [{ x: 1 }, undefined],
    [{}, "Invalid input [name=a, class=A, missing=['x']]"],
    [{ x: 1, constructor: 2 }, "Invalid input [name=a, class=A, unexpected=['constructor']]"],
    [{ "it's": 1, 'a"\'': 2 }, `Invalid input [name=a, class=A, missing=['x'], unexpected=["it's", 'a"\\'']]`],
  ])('of %p: %p', (input, problem) => {
    expect(inputProblem(action, input)).toBe(problem);
  });

  it('may be any for an action that takes others too', () => {
    expect(inputProblem({ ...action, acceptsOtherParameters: true }, { x: 1, z: 2 })).toBeUndefined();
  });
});

describe('testAction', () => {
  const action = defineAction(
    'acme.wait',
    {
      description: '',
      input: { hours: { type: 'number', default: null } },
      validate: ({ input }) => (input.hours === 0 ? 'hours must not be 0' : undefined),
    },
    ({ input, idempotencyKey }) => success([input.hours, idempotencyKey]),
  );

  it('runs with defaults and the overridden context', async () => {
    expect(await testAction(action, {}, { idempotencyKey: 'k' })).toEqual(success([null, 'k']));
  });

  it.each([
    [{ hours: 'x' }, 'hours must be a number, got text'],
    [{ hours: 0 }, 'hours must not be 0'],
    [{ days: 1 }, "unexpected=['days']"],
  ])('refuses %p as the service would', async (input, reason) => {
    await expect(testAction(action, input)).rejects.toThrow(reason);
  });
});

describe('definePack', () => {
  it('makes a value that every copy of the SDK knows', () => {
    const pack = definePack({ name: 'acme', contract: 1, actions: [] });

    expect(isPack(JSON.parse(JSON.stringify(pack)))).toBe(true);
    expect(isPack({ name: 'acme', contract: 1 })).toBe(false);
    expect(isPack(null)).toBe(false);
  });

  it('hands its settings to the function that makes the actions', () => {
    const pack = definePack({
      name: 'acme',
      contract: 1,
      settings: { ACME_URL: 'Where it is.' },
      actions: ({ ACME_URL = '' }) => [defineAction('acme.where', { description: ACME_URL }, () => success())],
    });

    expect(pack.createActions({ ACME_URL: 'there' })[0]?.description).toBe('there');
  });
});

describe('values of the engine', () => {
  const wholeFloat = { valueOf: () => 4 };

  it.each([
    [4, 4, 'integer'],
    [4.5, 4.5, 'float'],
    [4n, 4, 'integer'],
    [wholeFloat, 4, 'float'],
    ['4', undefined, 'text'],
    [true, undefined, 'boolean'],
    [null, undefined, 'null'],
    [[4], undefined, 'list'],
    [{}, undefined, 'dict'],
  ])('%p is the number %p and the type %p', (value, number, type) => {
    expect(numberOf(value)).toBe(number);
    expect(typeName(value)).toBe(type);
  });
});
