import { describe, expect, it } from '@jest/globals';
import { type ActionDefinition, defineAction, failure, pending, success } from '@tramontane/plugin-sdk';
import { FakeClock, silentLogger } from '../config/index.js';
import { CatalogueActionPort, CatalogueActionRunner } from './action-ports.js';
import { DynamicActionStore } from '../store/index.js';
import { ActionCatalogue } from './catalogue.js';
import { RunnableActions } from './runnable-actions.js';

const ID = '01234567-89ab-cdef-0123-456789abcdef';

describe('CatalogueActionPort', () => {
  it('finds nothing under an unknown name', () => {
    expect(aPort().find('acme.nope')).toBeUndefined();
  });

  it('gives the same action each time', () => {
    const port = aPort(anAction({}));

    expect(port.find('acme.act')).toBe(port.find('acme.act'));
  });

  it('says what is wrong with the names and with the values of an input', () => {
    const action = aPort(
      anAction({ input: { size: 'number' }, validate: ({ input }) => (input['size'] === 0 ? 'no size' : undefined) }),
    ).find('acme.act');

    expect(action?.inputError({})).toBe("Invalid input [name=acme.act, class=acme.act, missing=['size']]");
    expect(action?.inputError({ size: 0 })).toBeUndefined();
    expect(action?.buildError({ size: 0 })).toContain('Failed to instantiate an action');
    expect(action?.buildError({ size: 1 })).toBeUndefined();
  });

  it.each([
    [success(1), { state: 'SUCCESS', result: 1 }],
    [failure('no'), { state: 'ERROR', result: 'no' }],
    [undefined, undefined],
  ])('runs a pure action: %p gives %p', (outcome, expected) => {
    expect(
      aPort(anAction({ runPure: () => outcome }))
        .find('acme.act')
        ?.runPure?.({}, ID),
    ).toEqual(expected);
  });

  it('leaves an asynchronous pure action pending', () => {
    const action = aPort(anAction({ isAsync: true, runPure: () => pending() })).find('acme.act');

    expect(action?.isAsync).toBe(true);
    expect(action?.runPure?.({}, ID)).toBe('pending');
  });

  it('has nothing to run at once for an action with side effects', () => {
    expect(aPort(anAction({})).find('acme.act')?.runPure).toBeUndefined();
  });
});

describe('CatalogueActionRunner', () => {
  it.each([
    [success([2]), { state: 'SUCCESS', result: [2] }],
    [failure('no'), { state: 'ERROR', result: 'no' }],
  ])('answers %p as %p', async (outcome, expected) => {
    expect(await aRunner(anAction({}, () => outcome)).run('acme.act', {}, null)).toEqual(expected);
  });

  it('keeps to the timeout', async () => {
    const runner = aRunner(anAction({}, () => new Promise<never>(() => undefined)));

    expect(await runner.run('acme.act', {}, 0.01)).toMatchObject({ state: 'ERROR' });
  });

  it('refuses an action whose result comes later', async () => {
    await expect(aRunner(anAction({ isAsync: true }, () => pending())).run('acme.act', {}, null)).rejects.toThrow(
      'Action does not support synchronous execution.',
    );
  });
});

type Declared = Parameters<typeof defineAction>[1];

function anAction(
  declared: Partial<Declared>,
  run: Parameters<typeof defineAction>[2] = () => success(),
): ActionDefinition {
  return defineAction('acme.act', { description: 'Acts.', ...declared }, run);
}

function catalogueOf(actions: readonly ActionDefinition[]): ActionCatalogue {
  return new ActionCatalogue([{ packageName: 'acme', name: 'acme', actions }]);
}

function aPort(...actions: readonly ActionDefinition[]): CatalogueActionPort {
  return new CatalogueActionPort(catalogueOf(actions));
}

function aRunner(...actions: readonly ActionDefinition[]): CatalogueActionRunner {
  const noRows = { rows: () => Promise.resolve([]) };
  const runnable = new RunnableActions(catalogueOf(actions), noRows, new DynamicActionStore());
  return new CatalogueActionRunner(runnable, new FakeClock(), silentLogger);
}
