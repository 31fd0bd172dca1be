import { describe, expect, it } from '@jest/globals';
import { type ActionCall, resolveAction } from './action-lookup.js';
import type { FlowScope, PlainAction } from './scope.js';

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
