import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openTestDataSource } from '../../test/support/data-source.js';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.js';
import { NOON } from '../../test/support/rows.js';
import { ConflictError, ForbiddenError } from '../core/shared/index.js';
import {
  type ActionDefinitionRow,
  ActionDefinitionStore,
  checkOwner,
  Database,
  type EnvironmentRow,
  EnvironmentStore,
  type Owned,
  type Viewer,
  type WorkbookRow,
  WorkbookStore,
  type WorkflowDefinitionRow,
  WorkflowDefinitionStore,
} from './index.js';

let testing: TestDatabase;
let source: DataSource;
let database: Database;
const workflows = new WorkflowDefinitionStore();
const actions = new ActionDefinitionStore();
const workbooks = new WorkbookStore();
const environments = new EnvironmentStore();

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

beforeEach(async () => {
  await source.query(
    'TRUNCATE workflow_definitions, action_definitions, workbooks, environments, resource_members CASCADE',
  );
  await database.transaction((tx) => workflows.putSpecs(tx, new Map([['spec', '{"version": "2.0"}']])));
});

function owned() {
  return {
    id: randomUUID(),
    projectId: OWNER.projectId,
    scope: 'private',
    createdAt: NOON,
    updatedAt: null,
  } as const;
}

function aWorkflow(changes: Partial<WorkflowDefinitionRow> = {}): WorkflowDefinitionRow {
  return {
    ...owned(),
    name: 'wf',
    namespace: '',
    version: 1,
    definition: "version: '2.0'",
    specId: 'spec',
    checksum: 'c',
    tags: ['a'],
    workbookName: null,
    inputText: 'vm, flavor="m1"',
    interface: { input: ['vm', { flavor: 'm1' }], output: [] },
    isSystem: false,
    ...changes,
  };
}

function anAdhocAction(changes: Partial<ActionDefinitionRow> = {}): ActionDefinitionRow {
  const texts = { definition: 'text', inputText: null, description: null, workbookName: null, tags: null };
  return {
    ...owned(),
    name: 'greet',
    namespace: '',
    version: 1,
    spec: { base: 'std.echo' },
    isSystem: false,
    ...texts,
    ...changes,
  };
}

async function create(...rows: WorkflowDefinitionRow[]): Promise<void> {
  await database.transaction((tx) => workflows.create(tx, rows));
}

async function find(viewer: Viewer, identifier: string, namespaces?: readonly string[]): Promise<string | undefined> {
  return (await workflows.find(database, viewer, identifier, { namespaces }))?.id;
}

describe('workflow definitions', () => {
  it('come back as they were stored', async () => {
    const row = aWorkflow();
    await create(row);

    expect(await workflows.find(database, OWNER, 'wf')).toEqual(row);
  });

  it('are found by id in any namespace, by name in the given ones, the first first', async () => {
    const [plain, inside] = [aWorkflow(), aWorkflow({ namespace: 'ns' })];
    await create(plain, inside);

    expect(await find(OWNER, inside.id)).toBe(inside.id);
    expect(await find(OWNER, 'wf')).toBe(plain.id);
    expect(await find(OWNER, 'wf', ['ns', ''])).toBe(inside.id);
    expect(await find(OWNER, 'wf', ['none', ''])).toBe(plain.id);
    expect(await find(OWNER, 'wf', ['none'])).toBeUndefined();
  });

  it('of others are seen when public, shared and accepted, or by administrators; the own one comes first', async () => {
    const row = aWorkflow();
    await create(row);
    expect(await find(OTHER, 'wf')).toBeUndefined();
    expect(await find(ADMIN, 'wf')).toBe(row.id);

    await source.query(
      `INSERT INTO resource_members (id, resource_id, project_id, member_id, status) VALUES ('m', $1, 'owner', 'other', 'pending')`,
      [row.id],
    );
    expect(await find(OTHER, 'wf')).toBeUndefined();
    await source.query(`UPDATE resource_members SET status = 'accepted'`);
    expect(await find(OTHER, 'wf')).toBe(row.id);

    const own = aWorkflow({ projectId: OTHER.projectId, createdAt: NOON + 1 });
    await create(own);
    expect(await find(OTHER, 'wf')).toBe(own.id);
  });

  it('of one name can be created once per project and namespace, all or none', async () => {
    await create(aWorkflow({ name: 'wf2' }));

    const again = create(aWorkflow({ name: 'new' }), aWorkflow({ name: 'wf2' }));

    await expect(again).rejects.toThrow(
      new ConflictError("Duplicate entry for WorkflowDefinition ['name', 'namespace', 'project_id']: wf2, , None"),
    );
    expect(await find(OWNER, 'new')).toBeUndefined();
  });

  it('move their version and time only when something changes', async () => {
    const row = aWorkflow();
    await create(row);

    const [same] = await database.transaction((tx) => workflows.update(tx, [own(row)]));
    const [renamed] = await database.transaction((tx) =>
      workflows.update(tx, [{ ...own(row), name: 'new', scope: 'public' }]),
    );

    expect(same).toEqual(row);
    expect(renamed).toEqual({ ...row, name: 'new', scope: 'public', version: 2, updatedAt: expect.any(Number) });
  });

  it('can’t take the name of another', async () => {
    const row = aWorkflow();
    await create(row, aWorkflow({ name: 'taken' }));

    const renaming = database.transaction((tx) => workflows.update(tx, [{ ...own(row), name: 'taken' }]));

    await expect(renaming).rejects.toThrow(/Duplicate entry for WorkflowDefinition .*: taken, , None/);
  });

  it('of a workbook keep their id when the workbook is changed', async () => {
    const [first] = await database.transaction((tx) => workflows.createOrUpdate(tx, [aWorkflow({ name: 'wb.wf' })]));
    const [second] = await database.transaction((tx) =>
      workflows.createOrUpdate(tx, [aWorkflow({ name: 'wb.wf', definition: 'changed' })]),
    );

    expect(second).toMatchObject({ id: first?.id, definition: 'changed', version: 2, createdAt: NOON });
  });

  it('name the triggers that keep them, and go with their shares', async () => {
    const row = aWorkflow();
    await create(row);
    await source.query(
      `INSERT INTO event_triggers (id, project_id, workflow_id, exchange, topic, event) VALUES ('e', 'p', $1, '', '', '')`,
      [row.id],
    );
    expect(await workflows.triggersOf(database, row.id)).toEqual([{ kind: 'event', id: 'e', projectId: 'p' }]);
    await source.query('DELETE FROM event_triggers');
    await source.query(
      `INSERT INTO resource_members (id, resource_id, project_id, member_id) VALUES ('m', $1, 'a', 'b')`,
      [row.id],
    );

    expect(await database.transaction((tx) => workflows.delete(tx, own(row)))).toBe(true);
    expect(await source.query('SELECT FROM resource_members')).toEqual([]);
  });

  it('move the epoch with every write', async () => {
    const before = await epoch();
    await create(aWorkflow());
    const after = await epoch();

    expect(after).toBeGreaterThan(before);
  });
});

describe('other definitions', () => {
  it('give back ad-hoc actions as stored', async () => {
    const row = anAdhocAction({ tags: ['x'], inputText: 'to', description: 'd' });
    await database.transaction((tx) => actions.create(tx, [row]));

    expect(await actions.find(database, OWNER, 'greet', { namespaces: ['ns', ''] })).toEqual(row);
    expect(await actions.find(database, OWNER, row.id, { by: 'name' })).toBeUndefined();
    await expect(database.transaction((tx) => actions.create(tx, [{ ...row, id: 'x' }]))).rejects.toThrow(
      "Duplicate entry for Action ['name', 'namespace', 'project_id']: greet, , None",
    );
  });

  it('give back workbooks by name only', async () => {
    const row: WorkbookRow = { ...owned(), name: 'wb', namespace: 'ns', version: 1, definition: 'text', tags: null };
    await database.transaction((tx) => workbooks.create(tx, row));

    expect(await workbooks.find(database, OWNER, 'wb', 'ns')).toEqual(row);
    expect(await workbooks.find(database, OWNER, row.id, 'ns')).toBeUndefined();
    expect(await workbooks.find(database, OWNER, 'wb', '')).toBeUndefined();
  });

  it('keep environments from administrators of other projects', async () => {
    const row: EnvironmentRow = { ...owned(), name: 'prod', version: 1, description: null, variables: { host: 'db1' } };
    await database.transaction((tx) => environments.create(tx, row));

    expect(await environments.find(database, OWNER, 'prod')).toEqual(row);
    expect(await environments.find(database, ADMIN, 'prod')).toBeUndefined();
    await expect(database.transaction((tx) => environments.create(tx, { ...row, id: 'x' }))).rejects.toThrow(
      "Duplicate entry for Environment ['name', 'project_id']: prod, None",
    );

    const changed = await database.transaction((tx) => environments.update(tx, { ...own(row), scope: 'public' }));
    expect(changed).toMatchObject({ scope: 'public', variables: { host: 'db1' } });
    expect((await environments.find(database, OTHER, 'prod'))?.id).toBe(row.id);
    expect(await database.transaction((tx) => environments.delete(tx, own(row)))).toBe(true);
  });
});

describe('ownership', () => {
  it('lets only the owner and administrators change what others may see', () => {
    const row = { id: 'x', projectId: 'owner' };

    expect(() => checkOwner(OWNER, 'WorkflowDefinition', row)).not.toThrow();
    expect(() => checkOwner(ADMIN, 'WorkflowDefinition', row)).not.toThrow();
    expect(() => checkOwner(OTHER, 'WorkflowDefinition', row)).toThrow(
      new ForbiddenError('Can not access WorkflowDefinition resource of other projects, ID: x'),
    );
  });
});

function own<Row extends { readonly id: string; readonly projectId: string }>(row: Row): Owned<Row> {
  return checkOwner(OWNER, 'Thing', row);
}

async function epoch(): Promise<number> {
  const [row] = await source.query<{ n: string }[]>('SELECT n FROM definitions_epoch');
  return Number(row?.n);
}
