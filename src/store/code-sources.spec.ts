import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { NOON } from '../../test/support/rows.js';
import {
  checkOwner,
  type CodeSourceRow,
  CodeSourceStore,
  Database,
  type DynamicActionRow,
  DynamicActionStore,
  ExecutionStore,
  LookupStore,
  type Owned,
  type Viewer,
} from './index.js';

let testing: TestDatabase;
let source: DataSource;
let database: Database;
const sources = new CodeSourceStore();
const actions = new DynamicActionStore();
const lookups = new LookupStore();

const OWNER: Viewer = { projectId: 'owner', isAdmin: false };
const OTHER: Viewer = { projectId: 'other', isAdmin: false };
const ADMIN: Viewer = { projectId: 'admins', isAdmin: true };

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
});
afterAll(async () => {
  await source.destroy();
  await testing.drop();
});
beforeEach(() => source.query('TRUNCATE code_sources, dynamic_actions'));

function owned() {
  return { id: randomUUID(), projectId: OWNER.projectId, scope: 'private', createdAt: NOON, updatedAt: null } as const;
}

async function aSource(overrides: Partial<CodeSourceRow> = {}): Promise<CodeSourceRow> {
  const row = { ...owned(), name: 'tools', namespace: '', version: 1, content: 'one', ...overrides };
  await database.transaction((tx) => sources.create(tx, row));
  return row;
}

function own(row: CodeSourceRow): Owned<CodeSourceRow> {
  return checkOwner(OWNER, 'CodeSource', row);
}

async function anAction(from: CodeSourceRow, overrides: Partial<DynamicActionRow> = {}): Promise<DynamicActionRow> {
  const code = { className: 'A', codeSourceId: from.id, codeSourceName: from.name };
  const row = { ...owned(), name: 'my.act', namespace: '', ...code, ...overrides };
  await database.transaction((tx) => actions.create(tx, row));
  return row;
}

describe('CodeSourceStore', () => {
  it('counts each replacement, also by the same text', async () => {
    const row = own(await aSource());
    await database.transaction((tx) => sources.replace(tx, row, 'one', 'private'));
    await database.transaction((tx) => sources.replace(tx, row, 'two\0', 'public'));

    expect(await sources.find(database, OTHER, 'tools', '')).toMatchObject({
      version: 3,
      content: 'two',
      scope: 'public',
    });
  });

  it('tells when there is nothing to replace', async () => {
    const gone = own(await aSource());
    await database.transaction((tx) => sources.delete(tx, gone));
    expect(await database.transaction((tx) => sources.replace(tx, gone, '', 'private'))).toBe(false);
  });

  it('is found by its owner and administrators, in its namespace', async () => {
    const row = await aSource({ namespace: 'n' });

    expect(await sources.find(database, OWNER, 'tools', 'n')).toEqual(row);
    expect(await sources.find(database, ADMIN, row.id, '')).toEqual(row);
    expect(await sources.find(database, OTHER, 'tools', 'n')).toBeUndefined();
    expect(await sources.find(database, OWNER, 'tools', '')).toBeUndefined();
  });

  it('takes its actions with it', async () => {
    const row = await aSource();
    await anAction(row);
    await database.transaction((tx) => sources.delete(tx, own(row)));

    expect(await actions.find(database, OWNER, 'my.act', '')).toBeUndefined();
  });
});

describe('the code of a dynamic action', () => {
  it('is that of the namespace, else of the default one', async () => {
    await anAction(await aSource({ content: 'default' }));
    await anAction(await aSource({ content: 'north', namespace: 'north' }), { namespace: 'north' });

    const codes = ['north', '', 'south'].map((namespace) => actions.code(database, 'owner', 'my.act', namespace));
    expect(await Promise.all(codes)).toEqual(
      ['north', 'default', 'default'].map((content) => ({ className: 'A', content })),
    );
    expect(await actions.code(database, 'owner', 'my.nope', '')).toBeUndefined();
  });

  it('is seen by other projects when the action is public, whatever its source is', async () => {
    const from = await aSource();
    await anAction(from);
    await anAction(from, { name: 'my.public', scope: 'public' });

    expect(await actions.code(database, 'other', 'my.act', '')).toBeUndefined();
    expect(await actions.code(database, 'other', 'my.public', '')).toEqual({ className: 'A', content: 'one' });
  });

  it("is the project's own before a public one", async () => {
    await anAction(await aSource({ content: 'public' }), { scope: 'public' });
    const own = await aSource({ content: 'own', projectId: 'other' });
    await anAction(own, { projectId: 'other', createdAt: NOON + 1 });

    expect((await actions.code(database, 'other', 'my.act', ''))?.content).toBe('own');
    expect((await actions.code(database, 'third', 'my.act', ''))?.content).toBe('public');
  });
});

describe('LookupStore.hasDynamicAction', () => {
  it.each([
    ['owner', 'my.act', 'north', true],
    ['owner', 'my.act', '', false],
    ['other', 'my.act', 'north', false],
    ['owner', 'my.default', 'north', true],
    ['owner', 'my.nope', 'north', false],
    ['other', 'my.public', '', true],
  ])('for %s, %s in %j: %s', async (project, name, namespace, isThere) => {
    const from = await aSource();
    await anAction(from, { namespace: 'north' });
    await anAction(from, { name: 'my.default' });
    await anAction(from, { name: 'my.public', scope: 'public' });

    const found = await database.transaction((tx) => lookups.hasDynamicAction(tx, project, name, namespace));
    expect(found).toBe(isThere);
  });

  it('is told of each change by the epoch', async () => {
    const executions = new ExecutionStore();
    const epoch = (): Promise<number> => database.transaction((tx) => executions.epoch(tx));
    const before = await epoch();
    const row = await aSource();
    const between = await epoch();
    await anAction(row);

    expect([between > before, (await epoch()) > between]).toEqual([true, true]);
  });
});
