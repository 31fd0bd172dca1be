import { describe, expect, it } from '@jest/globals';
import { type ActionDefinition, defineAction, success } from '@tramontane/plugin-sdk';
import std from '../../plugins/std/src/index.js';
import { PyFloat } from '../core/shared/index.js';
import { ActionCatalogue } from './catalogue.js';

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const catalogue = new ActionCatalogue([{ packageName: 'std-package', name: 'std', actions: std.createActions({}) }]);

describe('ActionCatalogue', () => {
  it('lists what it has, sorted by name', () => {
    expect(catalogue.list().map((entry) => entry.name)).toEqual([
      'std.async_noop',
      'std.echo',
      'std.fail',
      'std.noop',
      'std.sleep',
      'std.test_dict',
    ]);
    expect(catalogue.signature('std.echo')).toBe('output, delay=0');
    expect(catalogue.isAsync('std.async_noop')).toBe(true);
    expect(catalogue.isPure('std.echo')).toBe(true);
    expect(catalogue.isSafeToRerun('std.echo')).toBe(true);
  });

  it('says which action nobody has', () => {
    expect(catalogue.find('no.such')).toBeUndefined();
    expect(() => catalogue.signature('no.such')).toThrow('Failed to find action [action_name=no.such]');
  });

  it('tells wrong names apart from wrong values', () => {
    expect(catalogue.checkInput('std.echo', { output: 1, delay: null })).toBeUndefined();
    expect(catalogue.checkBuild('std.echo', { output: 1, delay: null })).toBe(
      "Failed to instantiate an action [action_desc=Python action [name=std.echo, cls=<class 'mistral.actions.std_actions.EchoAction'>]]:\n" +
        'delay must be a number of seconds, got null',
    );
    expect(catalogue.checkBuild('std.echo', { output: 1 })).toBeUndefined();
    expect(catalogue.checkInput('std.echo', {})).toContain("missing=['output']]");
  });

  it('runs pure actions at once and keeps the types of numbers', () => {
    const output = { list: [new PyFloat(4), 2n ** 70n] };

    const result = catalogue.runPure('std.echo', { output }, ID);

    expect(result?.kind === 'success' && result.data).toBe(output);
    expect(catalogue.runPure('std.echo', { output, delay: 1 }, ID)).toEqual({
      kind: 'waiting',
      seconds: 1,
      result: { kind: 'success', data: output },
    });
    expect(catalogue.runPure('std.async_noop', {}, ID)).toEqual({ kind: 'pending' });
  });

  it('turns what a pure action throws into an error', () => {
    expect(catalogue.runPure('std.fail', {}, ID)).toEqual({
      kind: 'error',
      data: `The action raised an exception [action=Fail action, action_ex_id=${ID}, msg='Fail action expected exception.']`,
    });
    expect(catalogue.runPure('std.fail', {}, null)).toMatchObject({
      data: expect.stringContaining('action_ex_id=None'),
    });
    expect(catalogue.runPure('std.test_dict', { size: '2' }, ID)).toMatchObject({
      data: expect.stringMatching(
        /action=<mistral\.actions\.std_actions\.TestDictAction object at 0x0123456789ab>, .* msg=''str' object/,
      ),
    });
  });

  it('refuses two actions of one name and names both packages', () => {
    const packs = ['acme-a', 'acme-b'].map((packageName) => ({ packageName, name: 'acme', actions: [anAction()] }));

    expect(() => new ActionCatalogue(packs)).toThrow(
      'Action "acme.ship" is in two plugin packages, "acme-a" and "acme-b"',
    );
  });

  it('checks declared types and the JSON Schema before the action runs', () => {
    const schema = { properties: { to: { pattern: '^[A-Z]+$' } } };
    const typed = new ActionCatalogue([{ packageName: 'acme', name: 'acme', actions: [anAction(schema)] }]);

    expect(typed.checkBuild('acme.ship', { to: 5 })).toContain(']:\nto must be a text, got integer');
    expect(typed.checkBuild('acme.ship', { to: 'x' })).toContain(']:\ninput.to must match pattern "^[A-Z]+$"');
    expect(typed.checkBuild('acme.ship', { to: 'X' })).toBeUndefined();
  });

  it('refuses an invalid JSON Schema and names the package', () => {
    const actions = [anAction({ type: 'strng' })];

    expect(() => new ActionCatalogue([{ packageName: 'acme-a', name: 'acme', actions }])).toThrow(
      'Plugin package "acme-a": the JSON Schema of action "acme.ship" is invalid: schema is invalid',
    );
  });
});

function anAction(schema?: Record<string, unknown>): ActionDefinition {
  return defineAction('acme.ship', { description: 'Ships.', input: { to: 'text' }, schema }, () => success(null));
}
