import { describe, expect, it } from '@jest/globals';
import { type ActionDefinition, defineAction, success, testContext } from '@tramontane/plugin-sdk';
import { DynamicActionStore, type Queryable } from '../store/index.js';
import { ActionCatalogue } from './catalogue.js';
import { RunnableActions } from './runnable-actions.js';

const PLACE = { projectId: 'p', namespace: 'north' };
const ship = defineAction('acme.ship', { description: 'Ships.' }, () => success());
const caller = defineAction('javascript.call', { description: 'Calls.', acceptsOtherParameters: true }, ({ input }) =>
  success(input),
);

describe('RunnableActions', () => {
  it('finds actions of packs without asking the database', async () => {
    const { actions, asked } = withRows([{ className: 'A', content: '' }], [ship]);

    expect(await actions.find('acme.ship', PLACE)).toBe(ship);
    expect(asked).toEqual([]);
  });

  it('runs a dynamic action by the action that calls what a module exports', async () => {
    const { actions, asked } = withRows([{ className: 'Greet', content: 'export class Greet {}' }], [caller]);
    const action = await actions.find('my.greet', PLACE);

    expect(asked).toEqual([['p', 'my.greet', ['north', '']]]);
    expect(await action?.run({ ...testContext(), input: { name: 'Ann' } })).toEqual(
      success({ module: 'export class Greet {}', name: 'Greet', input: { name: 'Ann' } }),
    );
  });

  it('finds no dynamic action where nobody says whose', async () => {
    expect(await withRows([{ className: 'A', content: '' }], [caller]).actions.find('my.greet')).toBeUndefined();
  });

  it('finds nothing under an unknown name', async () => {
    expect(await withRows([], [caller]).actions.find('my.nope', PLACE)).toBeUndefined();
  });

  it('says what is missing when no pack can run dynamic actions', async () => {
    const action = await withRows([{ className: 'A', content: '' }], []).actions.find('my.greet', PLACE);

    await expect(action?.run({ ...testContext(), input: {} })).rejects.toThrow(
      'dynamic actions need an action pack with javascript.call',
    );
  });
});

function withRows(rows: readonly object[], actions: readonly ActionDefinition[]) {
  const asked: unknown[] = [];
  const database = {
    rows: (_statement: unknown, values: readonly unknown[]) => {
      asked.push(values);
      return Promise.resolve(rows);
    },
  } as Queryable;
  const catalogue = new ActionCatalogue([{ packageName: 'acme', name: 'acme', actions }]);
  return { actions: new RunnableActions(catalogue, database, new DynamicActionStore()), asked };
}
