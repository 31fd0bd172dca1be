import { describe, expect, it } from '@jest/globals';
import { parseActions } from '../language/index.js';
import { type ActionCall, adhocChain, resolveAction } from './action-lookup.js';
import type { AdhocAction, FlowScope, PlainAction } from './scope.js';

describe('an action that no ad-hoc definition has', () => {
  it.each([
    ['act', '', null, 'act'],
    ['act', 'north', null, 'act in north'],
    ['act', 'south', null, 'act'],
    ['act', '', 'book', 'act'],
    ['member', '', 'book', 'book.member'],
    ['book.member', '', null, 'book.member'],
  ])('%s, called in the namespace %j of the workbook %s, is %s', (name, namespace, workbookName, found) => {
    expect(resolved({ name, namespace, workbookName }).plain.name).toBe(found);
  });

  it('has the name under which it was found', () => {
    expect(resolved({ name: 'member', namespace: '', workbookName: 'book' }).name).toBe('book.member');
  });

  it('is unknown by the name as written', () => {
    expect(() => resolved({ name: 'nope', namespace: 'north', workbookName: 'book' })).toThrow(
      'Failed to find action [action_name=nope, namespace=north]',
    );
  });
});

describe('an ad-hoc action', () => {
  const texts = {
    '': "version: '2.0'\nouter: {base: inner}\ninner: {base: act x='default', output: default}\n",
    north: "version: '2.0'\ninner: {base: act x='north', output: north}\n",
    south: "version: '2.0'\nouter: {base: inner}\n",
  };

  it.each([
    ['north', 'default', 'act'],
    ['south', 'default', 'act'],
    ['', 'default', 'act'],
  ])('called in the namespace %j has the base that its own namespace has', (namespace, expected, plain) => {
    const found = resolveAction(scopeOf(texts), { name: 'outer', namespace, workbookName: null, input: {} }, noData);

    expect(found.plainInput).toEqual({ x: expected });
    expect(found.plain.name).toBe(plain);
    expect(adhocChain(scopeOf(texts), 'outer', namespace).map(({ spec }) => spec.output)).toEqual([
      expected,
      undefined,
    ]);
  });

  it('that the namespace of the task has takes its base from there', () => {
    const own = { ...texts, north: `${texts.north}outer: {base: inner}\n` };
    const found = resolveAction(
      scopeOf(own),
      { name: 'outer', namespace: 'north', workbookName: null, input: {} },
      noData,
    );

    expect(found.plainInput).toEqual({ x: 'north' });
    expect(found.plain.name).toBe('act in north');
  });
});

function noData() {
  return { layers: [] } as never;
}

function scopeOf(texts: Readonly<Record<string, string>>): FlowScope {
  const actions = Object.entries(texts).flatMap(([namespace, text]) =>
    parseActions(text, { validateExpression: () => undefined }).map(({ spec }): AdhocAction => ({
      name: spec.name,
      namespace,
      definition: text,
      spec,
      workbookName: null,
    })),
  );
  const scope: Pick<FlowScope, 'adhocAction' | 'plainAction'> = {
    adhocAction: (name, namespace) => actions.find((one) => one.name === name && one.namespace === namespace),
    plainAction: (name, namespace) =>
      name === 'act' ? aPlainAction(namespace === 'north' ? 'act in north' : 'act') : undefined,
  };
  return scope as FlowScope;
}

const KNOWN = ['act', 'book.member'];

function resolved(call: Omit<ActionCall, 'input'>) {
  const scope: Pick<FlowScope, 'adhocAction' | 'plainAction'> = {
    adhocAction: () => undefined,
    plainAction: (name, namespace) => {
      if (name === 'act' && namespace === 'north') return aPlainAction('act in north');
      return KNOWN.includes(name) ? aPlainAction(name) : undefined;
    },
  };
  return resolveAction(scope as FlowScope, { ...call, input: {} }, () => ({ layers: [] }) as never);
}

function aPlainAction(name: string): PlainAction {
  return { name, isAsync: false, inputError: () => undefined, buildError: () => undefined };
}
