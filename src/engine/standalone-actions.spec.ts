import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { claimAs } from '../../test/support/claims.js';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { NOON } from '../../test/support/rows.js';
import { FakeClock, loadConfig } from '../config/index.js';
import { validate } from '../core/expressions/index.js';
import type { PlainAction } from '../core/flow/index.js';
import { parseActions } from '../core/language/index.js';
import type { JsonObject } from '../core/shared/index.js';
import {
  ActionDefinitionStore,
  ClaimStore,
  Database,
  DataStore,
  ExecutionStore,
  LookupStore,
  StandaloneStore,
} from '../store/index.js';
import { InProcessTransport } from '../transport/index.js';
import type { StartAction, StartedAction } from './engine.js';
import { Evaluator } from './evaluation/index.js';
import { News } from './news.js';
import { ActionPort, ActionRunner, type RunOutcome } from './ports.js';
import { StandaloneActions } from './standalone-actions.js';
import { StandaloneScopes } from './standalone-scopes.js';

const CALLER = { projectId: 'p', isAdmin: false };
const STRANGER = { projectId: 'q', isAdmin: false };
const SHOUT = `
version: '2.0'
shout:
  base: std.echo
  base-input: { output: <% $.text %> }
  input: [text]
  output: { said: <% $ %> }
`;

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let claims: ClaimStore;
let actions: StandaloneActions;
let told: string[];
let runs: string[];

class FakePort extends ActionPort {
  find(name: string): PlainAction | undefined {
    return PLAIN.find((action) => action.name === name);
  }
}

class FakeRunner extends ActionRunner {
  run(name: string, input: JsonObject): Promise<RunOutcome> {
    runs.push(name);
    const outcome: RunOutcome =
      name === 'std.fail'
        ? { state: 'ERROR', result: 'failed' }
        : { state: 'SUCCESS', result: input['output'] ?? null };
    return Promise.resolve(outcome);
  }
}

function plain(name: string, more: Partial<PlainAction> = {}): PlainAction {
  return { name, isAsync: false, inputError: () => undefined, buildError: () => undefined, ...more };
}

const PLAIN: readonly PlainAction[] = [
  plain('std.echo', { inputError: (input) => ('output' in input ? undefined : 'Invalid input [name=std.echo]') }),
  plain('std.fail'),
  plain('std.async_noop', { isAsync: true, runPure: () => 'pending' }),
  plain('acme.async', { isAsync: true }),
  plain('acme.safe', { isSafeToRerun: true }),
];

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
  claims = new ClaimStore(database);
  await define(SHOUT);
});

afterAll(async () => {
  await source.destroy();
  await testing.drop();
});

beforeEach(async () => {
  await source.query('TRUNCATE workflow_executions, action_executions, outbox CASCADE');
  [told, runs] = [[], []];
  const transport = new InProcessTransport();
  const take = (ids: readonly string[]) => void told.push(...ids);
  transport.receive('runs', { take, offer: () => [] });
  const config = { executionFieldSizeLimitKb: 1024, mergeStrategy: 'replace', publicUrl: undefined } as const;
  const scopes = new StandaloneScopes(
    database,
    new ExecutionStore(),
    new LookupStore(),
    new FakePort(),
    new DataStore(),
    new Evaluator(loadConfig({})),
    config,
    new FakeClock(),
  );
  actions = new StandaloneActions(database, new StandaloneStore(), scopes, new FakeRunner(), transport, new News());
});

describe('a synchronous action', () => {
  it.each([{}, { runSync: true }])('runs at once and is not stored: %p', async (flags) => {
    expect(await start('std.echo', { output: 1 }, flags)).toEqual({
      kind: 'transient',
      name: 'std.echo',
      input: { output: 1 },
      state: 'SUCCESS',
      output: { result: 1 },
    });
    expect(await stored()).toEqual([]);
  });

  it('that fails is an outcome, not an error', async () => {
    expect(await start('std.fail')).toMatchObject({ state: 'ERROR', output: { result: 'failed' } });
  });

  it('runs at once and is stored when both are asked for', async () => {
    const { id } = await startStored('std.echo', { output: 1 }, { runSync: true, saveResult: true });

    expect(runs).toEqual(['std.echo']);
    expect(await stored()).toMatchObject([{ id, state: 'SUCCESS', output: '{"result": 1}', accepted: true }]);
    expect(await claimAs(claims, 10, 'n', 10)).toEqual([]);
  });

  it('waits for an executor when its result is to be stored', async () => {
    const { id } = await startStored('std.echo', { output: 1 }, { saveResult: true });

    expect(runs).toEqual([]);
    expect(told).toEqual([id]);
    expect(await stored()).toMatchObject([{ id, state: 'RUNNING' }]);
    expect(await claimAs(claims, 10, 'n', 10)).toMatchObject([
      { id, executionId: null, runName: 'std.echo', input: { output: 1 } },
    ]);
  });
});

describe('an asynchronous action', () => {
  it('is stored and run by an executor', async () => {
    const { id } = await startStored('acme.async');

    expect(await claimAs(claims, 10, 'n', 10)).toMatchObject([{ id, isSync: false }]);
  });

  it('that does nothing itself is left to someone outside', async () => {
    await startStored('std.async_noop');

    expect(told).toEqual([]);
    expect(await claimAs(claims, 10, 'n', 10)).toEqual([]);
    expect(await withoutWakeup()).toEqual([]);
  });

  it('can not be run at once', async () => {
    await expect(start('acme.async', {}, { runSync: true })).rejects.toThrow(
      'Action does not support synchronous execution.',
    );
  });
});

describe('an ad-hoc action', () => {
  it('has its output transformed when it runs at once', async () => {
    expect(await start('shout', { text: 'hi' })).toMatchObject({
      name: 'shout',
      input: { text: 'hi' },
      output: { result: { said: 'hi' } },
    });
  });

  it('has its output transformed when it is stored', async () => {
    await start('shout', { text: 'hi' }, { runSync: true, saveResult: true });

    expect(await stored()).toMatchObject([{ name: 'shout', output: '{"result": {"said": "hi"}}' }]);
  });

  it('has its output transformed when an executor has run its base', async () => {
    const { id } = await startStored('shout', { text: 'hi' }, { saveResult: true });
    const [claimed] = await claimAs(claims, 10, 'n', 10);
    await actions.update({ kind: 'action-done', actionId: id, outcome: { state: 'SUCCESS', result: 'hi' } });

    expect(claimed).toMatchObject({ name: 'shout', runName: 'std.echo', input: { output: 'hi' } });
    expect(await stored()).toMatchObject([{ state: 'SUCCESS', output: '{"result": {"said": "hi"}}' }]);
  });
});

describe('a request that can not be carried out', () => {
  it.each([
    ['nope', {}, 'Failed to find action [action_name=nope]'],
    ['std.echo', {}, 'Invalid input [name=std.echo]'],
  ])('is refused: %s with %p', async (name, input, message) => {
    await expect(start(name, input)).rejects.toMatchObject({ message, status: 400 });
  });

  it('stores nothing', async () => {
    await start('std.echo', {}, { saveResult: true }).catch(() => undefined);

    expect(await stored()).toEqual([]);
  });
});

describe('an update', () => {
  it('completes the action once', async () => {
    const { id } = await startStored('std.async_noop');
    const done = { kind: 'action-done', actionId: id, outcome: { state: 'SUCCESS', result: { ip: 'x' } } } as const;
    await actions.update(done, CALLER);

    expect(await stored()).toMatchObject([{ state: 'SUCCESS', output: '{"result": {"ip": "x"}}', accepted: true }]);
    await expect(actions.update(done, CALLER)).rejects.toMatchObject({
      message: `Action ${id} is already completed`,
      status: 400,
    });
  });

  it('ends the claim of the executor', async () => {
    const { id } = await startStored('acme.async');
    await claimAs(claims, 10, 'n', 10);
    await actions.update({ kind: 'action-done', actionId: id, outcome: { state: 'ERROR', result: 'no' } }, CALLER);

    expect(await claims.keep('n', [id])).toEqual([]);
  });

  it('of an action of another project finds nothing', async () => {
    const { id } = await startStored('std.async_noop');
    const pause = { kind: 'action-updated', actionId: id, state: 'PAUSED' } as const;

    await expect(actions.update(pause, STRANGER)).rejects.toMatchObject({ status: 404 });
    await expect(actions.update({ ...pause, actionId: 'nope' }, CALLER)).rejects.toMatchObject({ status: 404 });
  });

  it('pauses and resumes', async () => {
    const { id } = await startStored('std.async_noop');
    await actions.update({ kind: 'action-updated', actionId: id, state: 'PAUSED' }, CALLER);
    expect(await stored()).toMatchObject([{ state: 'PAUSED' }]);
    await actions.update({ kind: 'action-updated', actionId: id, state: 'RUNNING' }, CALLER);
    expect(await stored()).toMatchObject([{ state: 'RUNNING' }]);
  });

  it('lets an action that was paused before it could start, start after the pause', async () => {
    const { id } = await startStored('acme.async');
    await actions.update({ kind: 'action-updated', actionId: id, state: 'PAUSED' }, CALLER);
    expect(await claimAs(claims, 10, 'n', 10)).toEqual([]);
    await actions.update({ kind: 'action-updated', actionId: id, state: 'RUNNING' }, CALLER);

    expect(await claimAs(claims, 10, 'n', 10)).toMatchObject([{ id }]);
  });

  it('leaves a pending action to someone outside', async () => {
    const { id } = await startStored('acme.async');
    await claimAs(claims, 10, 'n', 10);
    await actions.update({ kind: 'action-pending', actionId: id });

    expect(await stored()).toMatchObject([{ state: 'RUNNING', dispatch: 'external', lease_until: null }]);
  });
});

describe('a lost executor', () => {
  it('has its action run again where that is safe', async () => {
    const { id } = await startStored('acme.safe', {}, { saveResult: true });
    await claimAs(claims, 10, 'n', 0);
    await claims.expiredLeases(10);
    await actions.update({ kind: 'action-lost', actionId: id });

    expect(told).toEqual([id, id]);
    expect(await claimAs(claims, 10, 'm', 10)).toMatchObject([{ id, attempts: 2 }]);
  });

  it('ends its action where it is not', async () => {
    const { id } = await startStored('acme.async');
    await claimAs(claims, 10, 'n', 0);
    await claims.expiredLeases(10);
    await actions.update({ kind: 'action-lost', actionId: id });

    expect(await stored()).toMatchObject([{ state: 'ERROR', output: expect.stringContaining('is unknown') }]);
  });

  it('that was heard of again keeps its action', async () => {
    const { id } = await startStored('acme.async');
    await claimAs(claims, 10, 'n', 0);
    await claims.expiredLeases(10);
    await claims.keep('n', [id]);
    await actions.update({ kind: 'action-lost', actionId: id });

    expect(await stored()).toMatchObject([{ state: 'RUNNING', claimed_by: 'n' }]);
  });
});

async function start(name: string, input: JsonObject = {}, flags: Partial<StartAction> = {}): Promise<StartedAction> {
  const rest = { description: null, target: null, timeoutSeconds: null, runSync: false, saveResult: false };
  return actions.start({ name, namespace: '', input, ...rest, ...flags }, CALLER);
}

async function startStored(...call: Parameters<typeof start>): Promise<Extract<StartedAction, { kind: 'stored' }>> {
  const started = await start(...call);
  if (started.kind !== 'stored') throw new Error('expected a stored action');
  return started;
}

async function stored(): Promise<readonly Record<string, unknown>[]> {
  return source.query('SELECT * FROM action_executions ORDER BY created_at');
}

async function withoutWakeup(): Promise<readonly unknown[]> {
  return source.query('SELECT * FROM rows_without_wakeup');
}

async function define(yaml: string): Promise<void> {
  const rows = parseActions(yaml, { validateExpression: (text) => validate(text) }).map(({ spec }) => ({
    id: randomUUID(),
    projectId: CALLER.projectId,
    scope: 'private' as const,
    name: spec.name,
    namespace: '',
    version: 1,
    definition: yaml,
    spec: spec.raw,
    inputText: null,
    description: null,
    tags: null,
    workbookName: null,
    isSystem: false,
    createdAt: NOON,
    updatedAt: null,
  }));
  await database.transaction((tx) => new ActionDefinitionStore().create(tx, rows));
}
