import type { JsonObject } from '../core/shared/index.js';
import { columnsOf } from './columns.js';
import { DefinitionTable, type FindOptions, type NamedRow } from './definition-table.js';
import type { JsonText } from './json-text.js';
import type { Owned, Viewer } from './tenancy.js';
import type { Queryable, Statement, Tx } from './tx.js';

export interface WorkflowDefinitionRow extends NamedRow {
  readonly definition: string;
  /** Key of `workflow_specs`. */
  readonly specId: string;
  /** MD5 of the definition; null for members of a workbook. */
  readonly checksum: string | null;
  readonly tags: readonly string[] | null;
  readonly workbookName: string | null;
  /** For display: `vm, flavor="m1"`. */
  readonly inputText: string;
  /** `{ input: ['vm', { flavor: 'm1' }], output: ['status'] }` */
  readonly interface: JsonObject | JsonText;
  readonly isSystem: boolean;
}

const TABLE = {
  table: 'workflow_definitions',
  model: 'WorkflowDefinition',
  columns: columnsOf<WorkflowDefinitionRow>({
    id: ['text'],
    projectId: ['text'],
    scope: ['text', 'changes'],
    name: ['text', 'changes'],
    namespace: ['text'],
    version: ['int'],
    definition: ['text', 'changes'],
    specId: ['text', 'changes'],
    checksum: ['text', 'changes'],
    tags: ['json?', 'changes'],
    workbookName: ['text', 'changes'],
    inputText: ['text', 'changes'],
    interface: ['json', 'changes'],
    isSystem: ['bool'],
    createdAt: ['instant'],
    updatedAt: ['instant', 'changes'],
  }),
  key: ['name', 'namespace', 'project_id'],
  sharing: 'public or shared',
  isOpenToAdmins: true,
} as const;

const PUT_SPEC: Statement = {
  name: 'workflow_specs:put',
  text: 'INSERT INTO workflow_specs (id, spec) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
};
const TRIGGERS: Statement = {
  name: 'workflow_definitions:triggers',
  text: `SELECT 'cron' AS kind, id, project_id AS "projectId" FROM cron_triggers WHERE workflow_id = $1
    UNION ALL SELECT 'event', id, project_id FROM event_triggers WHERE workflow_id = $1 ORDER BY 1, 2`,
};
const UNSHARE: Statement = {
  name: 'workflow_definitions:unshare',
  text: `DELETE FROM resource_members WHERE resource_id = $1 AND resource_type = 'workflow'`,
};

/** A trigger that starts a workflow and so keeps it. */
export interface TriggerOfWorkflow {
  readonly kind: 'cron' | 'event';
  readonly id: string;
  readonly projectId: string;
}

/** Workflows as users wrote them, and what was parsed from them. */
export class WorkflowDefinitionStore {
  readonly #table = new DefinitionTable<WorkflowDefinitionRow>(TABLE);

  /** By id or name. For a name within a run, give its namespace and then `''`. */
  async find(
    db: Queryable,
    viewer: Viewer,
    identifier: string,
    options?: FindOptions,
  ): Promise<WorkflowDefinitionRow | undefined> {
    return await this.#table.find(db, viewer, identifier, options);
  }

  /**
   * Stores what was parsed, under the hash of its content; before the definitions that name it.
   * @param specs  JSON in Python's style by id, e.g. `{ '3f…': '{"name": "wf", …}' }`
   */
  async putSpecs(tx: Tx, specs: ReadonlyMap<string, string>): Promise<void> {
    for (const [id, spec] of specs) await tx.rows(PUT_SPEC, [id, spec]);
  }

  /** @throws {ConflictError} `Duplicate entry for WorkflowDefinition ['name', 'namespace', 'project_id']: wf, , None` */
  async create(tx: Tx, rows: readonly WorkflowDefinitionRow[]): Promise<readonly WorkflowDefinitionRow[]> {
    return await this.#table.insert(tx, rows);
  }

  /** Creates those of a workbook, or changes them where they exist. */
  async createOrUpdate(tx: Tx, rows: readonly WorkflowDefinitionRow[]): Promise<readonly WorkflowDefinitionRow[]> {
    return await this.#table.upsert(tx, rows);
  }

  /** @throws {ConflictError} when a new name is taken */
  async update(tx: Tx, rows: readonly Owned<WorkflowDefinitionRow>[]): Promise<readonly WorkflowDefinitionRow[]> {
    return await this.#table.update(tx, rows);
  }

  /** Triggers of all projects; a workflow that has any can't be deleted. */
  async triggersOf(db: Queryable, id: string): Promise<readonly TriggerOfWorkflow[]> {
    return await db.rows<TriggerOfWorkflow>(TRIGGERS, [id]);
  }

  /** Deletes the definition and its shares; executions keep what they began with. */
  async delete(tx: Tx, row: Owned<WorkflowDefinitionRow>): Promise<boolean> {
    await tx.rows(UNSHARE, [row.id]);
    return await this.#table.delete(tx, row);
  }
}
