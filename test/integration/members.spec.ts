import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { FakeClock } from '../../src/config/index.js';
import { ConflictError, ForbiddenError, InputError, NotFoundError } from '../../src/core/shared/index.js';
import { DefinitionParser, Members, Workflows } from '../../src/definitions/index.js';
import {
  Database,
  LookupStore,
  ReadConnections,
  ResourceMemberStore,
  type Viewer,
  WorkflowDefinitionStore,
} from '../../src/store/index.js';
import { byIdOrName, byMember, MEMBERS, PgReadPool, Reads, WORKFLOWS } from '../../src/store/queries/index.js';
import { openTestDataSource } from '../support/data-source.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

const OWNER: Viewer = { projectId: 'owner', isAdmin: false };
const OTHER: Viewer = { projectId: 'other', isAdmin: false };
const THIRD: Viewer = { projectId: 'third', isAdmin: false };
const ADMIN: Viewer = { projectId: 'admins', isAdmin: true };
const PRIVATE = { namespace: '', scope: 'private' };

interface Offer {
  readonly project_id: string;
  readonly member_id: string;
  readonly status: string;
  readonly updated_at: string | null;
}

let testing: TestDatabase;
let source: DataSource;
let database: Database;
let members: Members;
let workflows: Workflows;
let reads: Reads;
let connections: ReadConnections;
let workflowId: string;
let name: string;

beforeAll(async () => {
  testing = await testDatabase();
  source = await openTestDataSource(testing.url);
  database = new Database(source);
  const definitions = new WorkflowDefinitionStore();
  members = new Members(database, new ResourceMemberStore(), definitions);
  workflows = new Workflows(database, definitions, new DefinitionParser(), new FakeClock());
  connections = new ReadConnections({ url: testing.url, poolSize: 2, timeoutSeconds: 30 });
  reads = new Reads(new PgReadPool(database, connections), { maxLimit: 1000, maxPageBytes: 1_000_000 });
});

afterAll(async () => {
  await connections.end();
  await source.destroy();
  await testing.drop();
});

beforeEach(async () => {
  name = `wf-${randomUUID()}`;
  [workflowId = ''] = await workflows.create(textOf(name), PRIVATE, OWNER);
});

function textOf(workflow: string, tags = '[x]'): string {
  return `version: '2.0'\n${workflow}: {tags: ${tags}, tasks: {t: {action: std.noop}}}\n`;
}

async function offersFor(viewer: Viewer): Promise<readonly Offer[]> {
  const text = await reads.all(MEMBERS, viewer, byMember(workflowId));
  return (JSON.parse(text) as { readonly members: readonly Offer[] }).members;
}

async function membersFor(viewer: Viewer): Promise<readonly string[]> {
  return (await offersFor(viewer)).map((offer) => offer.member_id);
}

async function canRead(viewer: Viewer): Promise<boolean> {
  try {
    await reads.one(WORKFLOWS, viewer, byIdOrName(name, ''), 'none');
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

async function canRun(viewer: Viewer): Promise<boolean> {
  const found = await database.transaction((tx) => new LookupStore().workflowByName(tx, viewer.projectId, name, ''));
  return found?.id === workflowId;
}

describe('an offer', () => {
  it('begins pending, and belongs to the owner of the workflow', async () => {
    await members.create(workflowId, 'other', OWNER);
    const [offer] = await offersFor(OWNER);
    expect(offer).toEqual({
      id: expect.any(String),
      resource_id: workflowId,
      resource_type: 'workflow',
      project_id: 'owner',
      member_id: 'other',
      status: 'pending',
      created_at: expect.any(String),
      updated_at: null,
    });
    expect([await canRead(OTHER), await canRun(OTHER)]).toEqual([false, false]);
  });

  it('lets its project read and run the workflow once it is accepted, and not any more once it is rejected', async () => {
    await members.create(workflowId, 'other', OWNER);
    await members.answer(workflowId, 'other', 'accepted', OTHER);
    expect([await canRead(OTHER), await canRun(OTHER)]).toEqual([true, true]);
    expect([await canRead(THIRD), await canRun(THIRD)]).toEqual([false, false]);
    expect((await offersFor(OTHER))[0]).toMatchObject({ status: 'accepted', updated_at: expect.any(String) });

    await members.answer(workflowId, 'other', 'rejected', OTHER);
    expect([await canRead(OTHER), await canRun(OTHER)]).toEqual([false, false]);
  });

  it('does not let its project change or delete the workflow, or offer it on', async () => {
    await members.create(workflowId, 'other', OWNER);
    await members.answer(workflowId, 'other', 'accepted', OTHER);
    const text = `Can not access WorkflowDefinition resource of other projects, ID: ${workflowId}`;
    const refused = new ForbiddenError(text);
    await expect(workflows.update(textOf(name, '[mine]'), PRIVATE, OTHER)).rejects.toEqual(refused);
    await expect(workflows.delete(name, '', OTHER)).rejects.toEqual(refused);
    await expect(members.create(workflowId, 'third', OTHER)).rejects.toEqual(refused);
  });

  it('is seen by its owner and its project only: administrators are strangers too', async () => {
    await members.create(workflowId, 'other', OWNER);
    await members.create(workflowId, 'third', OWNER);
    expect(await membersFor(OWNER)).toEqual(['other', 'third']);
    expect(await membersFor(OTHER)).toEqual(['other']);
    expect(await membersFor(ADMIN)).toEqual([]);
    expect(await membersFor({ projectId: 'fourth', isAdmin: false })).toEqual([]);
  });

  it('is made once, also when the answer to its commit is lost and the transaction is repeated', async () => {
    const once = database.transaction.bind(database);
    jest.spyOn(database, 'transaction').mockImplementationOnce(async (work) => {
      await once(work);
      return once(work);
    });
    await members.create(workflowId, 'other', OWNER);

    expect(await membersFor(OWNER)).toHaveLength(1);
  });

  it('is made once, for private workflows that the owner has', async () => {
    await members.create(workflowId, 'other', OWNER);
    const taken = `Duplicate entry for ResourceMember ['resource_id', 'resource_type', 'member_id']: ${workflowId}, workflow, other`;
    await expect(members.create(workflowId, 'other', OWNER)).rejects.toEqual(new ConflictError(taken));
    const notFound = new NotFoundError(`Workflow not found [workflow_identifier=${workflowId}, namespace=]`);
    await expect(members.create(workflowId, 'third', OTHER)).rejects.toEqual(notFound);
    await expect(members.create(workflowId, 'third', ADMIN)).rejects.toEqual(notFound);

    await workflows.update(textOf(name), { namespace: '', scope: 'public' }, OWNER);
    const isPublic = new InputError('Only private resource could be shared.');
    await expect(members.create(workflowId, 'third', OWNER)).rejects.toEqual(isPublic);
    await expect(members.create(workflowId, 'third', OTHER)).rejects.toEqual(isPublic);
  });

  it('is answered by its own project only', async () => {
    await members.create(workflowId, 'other', OWNER);
    const notFound = new NotFoundError(`Resource member not found [resource_id=${workflowId}, member_id=other]`);
    for (const stranger of [OWNER, THIRD, ADMIN]) {
      await expect(members.answer(workflowId, 'other', 'accepted', stranger)).rejects.toEqual(notFound);
    }
    await expect(members.answer(workflowId, 'third', 'accepted', THIRD)).rejects.toThrow(NotFoundError);
  });

  it('is taken back by its owner only, and goes with the workflow', async () => {
    await members.create(workflowId, 'other', OWNER);
    await members.answer(workflowId, 'other', 'accepted', OTHER);
    for (const stranger of [OTHER, THIRD, ADMIN]) {
      await expect(members.delete(workflowId, 'other', stranger)).rejects.toThrow(NotFoundError);
    }
    await members.delete(workflowId, 'other', OWNER);
    expect(await canRead(OTHER)).toBe(false);

    await members.create(workflowId, 'other', OWNER);
    await workflows.delete(name, '', OWNER);
    expect(await membersFor(OTHER)).toEqual([]);
  });
});
