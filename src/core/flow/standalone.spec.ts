import { describe, expect, it } from '@jest/globals';
import { validate } from '../expressions/index.js';
import { parseActions } from '../language/index.js';
import type { Json, JsonObject } from '../shared/index.js';
import type { FlowEvent } from './events.js';
import type { ActionRow } from './rows.js';
import type { AdhocAction, FlowScope, PlainAction } from './scope.js';
import {
  endStandalone,
  newStandalone,
  resolveStandalone,
  type StandaloneCall,
  type StandaloneUpdate,
  updateStandalone,
} from './standalone.js';

const SHOUT = `
version: '2.0'
shout:
  base: std.echo
  input: [text, mark: '!']
  base-input: { output: <% $.text + $.mark %> }
  output: { said: <% $ %>, env: <% env() %> }
scream:
  base: shout
  input: [text]
  base-input: { text: <% $.text.toUpper() %> }
  output: <% $.said %>
broken:
  base: std.echo
  base-input: { output: 1 }
  output: <% $.nope.deeper %>
lost:
  base: acme.nope
`;

describe('an action on its own', () => {
  it('is run with its input', () => {
    expect(resolveStandalone(aScope(), aCall('std.echo', { output: 1 }))).toMatchObject({
      name: 'std.echo',
      input: { output: 1 },
      plainInput: { output: 1 },
      adhoc: [],
    });
  });

  it('has its defaults and base input worked out down the chain', () => {
    const { name, input, plain, plainInput } = resolveStandalone(aScope(), aCall('scream', { text: 'hi' }));

    expect([name, input, plain.name, plainInput]).toEqual(['scream', { text: 'hi' }, 'std.echo', { output: 'HI!' }]);
  });

  it.each([
    ['nope', {}, 'Failed to find action [action_name=nope]'],
    ['lost', {}, 'Failed to find base action [action_name=acme.nope, namespace=]'],
    ['std.echo', {}, "missing=['output']"],
    ['shout', {}, "Invalid input [name=shout, class=mistral.actions.adhoc.AdHocAction, missing=['text']]"],
    ['std.echo', { output: 'unbuildable' }, 'Failed to instantiate'],
  ])('is refused: %s with %p', (name, input, message) => {
    expect(() => resolveStandalone(aScope(), aCall(name, input))).toThrow(message);
  });
});

describe('the row of an action on its own', () => {
  it.each([
    ['std.echo', 'queued', true],
    ['acme.async', 'queued', false],
    ['std.async_noop', 'external', false],
  ])('of %s is %s', (name, dispatch, isSync) => {
    expect(aRow(name)).toMatchObject({ state: 'RUNNING', dispatch, isSync, executionId: null, runInput: null });
  });

  it('keeps what was asked for and what is run', () => {
    expect(aRow('shout', { text: 'hi' })).toMatchObject({
      name: 'shout',
      input: { text: 'hi', mark: '!' },
      runName: 'std.echo',
      runInput: { output: 'hi!' },
      description: 'why',
      target: 'n1',
      timeoutSeconds: 5,
      workflowNamespace: 'ns',
    });
  });

  it('refuses an input that is too large', () => {
    expect(() => aRow('std.echo', { output: 'x'.repeat(1_100_000) })).toThrow('Field size limit exceeded');
  });
});

describe('the outcome of an ad-hoc action', () => {
  it.each<[string, Json, Json]>([
    ['shout', 'hi!', { said: 'hi!', env: {} }],
    ['scream', 'HI!', 'HI!'],
    ['shout', 0, { said: 0, env: {} }],
    ['shout', null, { said: null, env: {} }],
  ])('of %s for %p is transformed from the inside out', (name, result, expected) => {
    expect(ended(name, 'SUCCESS', result)).toEqual({ state: 'SUCCESS', result: expected });
  });

  it('stays as it is for an error', () => {
    expect(ended('shout', 'ERROR', 'no')).toEqual({ state: 'ERROR', result: 'no' });
  });

  it('is an error when it can not be worked out', () => {
    expect(ended('broken', 'SUCCESS', 1)).toEqual({
      state: 'ERROR',
      result: expect.stringContaining('Failed to complete action [error='),
    });
  });
});

describe('an event', () => {
  it('completes the action, transformed', () => {
    const update = updated(aRow('shout', { text: 'hi' }), done('hi!'));

    expect(update?.row).toMatchObject({
      state: 'SUCCESS',
      accepted: true,
      output: { result: { said: 'hi!', env: {} } },
    });
    expect(update?.isRun).toBe(false);
  });

  it.each<[FlowEvent]>([[done(1)], [{ kind: 'action-updated', actionId: 'a', state: 'RUNNING' }]])(
    'is refused after the end: %p',
    (event) => {
      expect(() => updated({ ...aRow('std.echo'), state: 'ERROR' }, event)).toThrow('Action a is already completed');
    },
  );

  it.each<[FlowEvent]>([[{ kind: 'action-pending', actionId: 'a' }], [{ kind: 'action-lost', actionId: 'a' }]])(
    'of the service changes nothing after the end: %p',
    (event) => {
      expect(updated({ ...aRow('std.echo'), state: 'SUCCESS' }, event)).toBeUndefined();
    },
  );

  it('pauses asynchronous actions only', () => {
    const pause = { kind: 'action-updated', actionId: 'a', state: 'PAUSED' } as const;

    expect(updated(aRow('std.async_noop'), pause)?.row.state).toBe('PAUSED');
    expect(() => updated(aRow('std.echo'), pause)).toThrow(
      'Transition to the PAUSED state is only supported for asynchronous action execution.',
    );
  });

  it.each([
    ['queued', false, { dispatch: 'queued', isRun: true }],
    ['queued', true, { dispatch: 'external', isRun: false }],
    ['external', false, { dispatch: 'external', isRun: false }],
  ] as const)('resumes a paused action that was %s, started: %p', (dispatch, isClaimed, expected) => {
    const row = { ...aRow('acme.async'), state: 'PAUSED', dispatch } as const;
    const update = updated(row, { kind: 'action-updated', actionId: 'a', state: 'RUNNING' }, isClaimed);

    expect({ dispatch: update?.row.dispatch, isRun: update?.isRun }).toEqual(expected);
    expect(update?.row.state).toBe('RUNNING');
  });

  it('leaves a pending action to someone outside', () => {
    expect(updated(aRow('acme.async'), { kind: 'action-pending', actionId: 'a' })?.row).toMatchObject({
      state: 'RUNNING',
      dispatch: 'external',
    });
  });

  it('runs a lost action again when its pack says that is safe', () => {
    expect(updated(aRow('acme.safe'), { kind: 'action-lost', actionId: 'a' })).toMatchObject({
      isRun: true,
      row: { state: 'RUNNING' },
    });
  });

  it('ends another lost action', () => {
    expect(updated(aRow('acme.async'), { kind: 'action-lost', actionId: 'a' })).toMatchObject({
      isRun: false,
      row: { state: 'ERROR', output: { result: expect.stringContaining('The outcome of the action is unknown') } },
    });
  });
});

function aScope(): FlowScope {
  let time = 0;
  return {
    tick: () => time++,
    newId: () => 'id',
    random: () => 0.5,
    plainAction: (name) => PLAIN[name],
    adhocAction: (name) => ADHOC.get(name),
    workflow: () => undefined,
    rootEnv: () => ({}),
    liveFlows: () => [],
    data: () => [],
    settings: { fieldSizeLimitKb: 1024, mergeStrategy: 'replace', publicUrl: '' },
    hasBudget: () => true,
    hasTime: () => true,
  };
}

const ADHOC: ReadonlyMap<string, AdhocAction> = new Map(
  parseActions(SHOUT, { validateExpression: (text) => validate(text) }).map(({ spec, text }) => [
    spec.name,
    { name: spec.name, namespace: '', definition: text, spec, workbookName: null },
  ]),
);

function plain(name: string, more: Partial<PlainAction> = {}): PlainAction {
  return { name, isAsync: false, inputError: () => undefined, buildError: () => undefined, ...more };
}

const PLAIN: Readonly<Record<string, PlainAction>> = {
  'std.echo': plain('std.echo', {
    inputError: (input) => ('output' in input ? undefined : "Invalid input [missing=['output']]"),
    buildError: (input) => (input['output'] === 'unbuildable' ? 'Failed to instantiate an action' : undefined),
  }),
  'std.async_noop': plain('std.async_noop', { isAsync: true, runPure: () => 'pending' }),
  'acme.async': plain('acme.async', { isAsync: true }),
  'acme.safe': plain('acme.safe', { isSafeToRerun: true }),
};

function aCall(name: string, input: JsonObject): StandaloneCall {
  return { name, input, namespace: '', description: 'why', target: 'n1', timeoutSeconds: 5 };
}

function aRow(name: string, input: JsonObject = name === 'std.echo' ? { output: 1 } : {}): ActionRow {
  const scope = aScope();
  const call = aCall(name, input);
  const action = resolveStandalone(scope, call);
  return newStandalone(scope, { ...call, namespace: 'ns' }, action, { id: 'a', projectId: 'p' }).row;
}

function ended(name: string, state: 'SUCCESS' | 'ERROR', result: Json): unknown {
  const { adhoc } = resolveStandalone(aScope(), aCall(name, name === 'broken' ? {} : { text: 'hi' }));
  return endStandalone(aScope(), name, adhoc, { state, result });
}

function done(result: Json): FlowEvent {
  return { kind: 'action-done', actionId: 'a', outcome: { state: 'SUCCESS', result } };
}

function updated(row: ActionRow, event: FlowEvent, isClaimed = false): StandaloneUpdate | undefined {
  return updateStandalone(aScope(), row, isClaimed, event);
}
