import { type Json, parseJson } from '../core/shared/index.js';
import { ownFirst, type Sharing, visibleTo } from './tenancy.js';
import type { Queryable, Statement, Tx } from './tx.js';

/** A workflow definition as a start needs it. */
export interface FoundWorkflow {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly workbookName: string | null;
  readonly specId: string;
}

export interface FoundAction {
  readonly name: string;
  readonly namespace: string;
  /** The beginning of its text, as long as the state info of a task may be. */
  readonly definition: string;
  readonly spec: Json;
  readonly workbookName: string | null;
}

const visible = (sharing: Sharing): string => visibleTo('d', '$1', sharing);
const ORDER = `ORDER BY ${ownFirst('d', '$1')} LIMIT 1`;
const WORKFLOW = `SELECT d.id, d.name, d.namespace, d.workbook_name AS "workbookName", d.spec_id AS "specId"
  FROM workflow_definitions d WHERE ${visible('public or shared')}`;

const WORKFLOW_BY_NAME: Statement = {
  name: 'lookup:workflow-by-name',
  text: `${WORKFLOW} AND d.name = $2 AND d.namespace = $3 ${ORDER}`,
};
const WORKFLOW_BY_ID: Statement = { name: 'lookup:workflow-by-id', text: `${WORKFLOW} AND d.id = $2 ${ORDER}` };
const WORKFLOW_VERSION: Statement = {
  name: 'lookup:workflow-version',
  text: `SELECT spec_id AS "specId" FROM workflow_definition_versions WHERE workflow_id = $1 AND version = $2`,
};
const ACTION: Statement = {
  name: 'lookup:action',
  text: `SELECT d.name, d.namespace, left(d.definition, 65500) AS definition, d.spec, d.workbook_name AS "workbookName"
    FROM action_definitions d
    WHERE ${visible('public')} AND d.name = $2 AND d.namespace = $3 ${ORDER}`,
};
const DYNAMIC_ACTION: Statement = {
  name: 'lookup:dynamic-action',
  text: `SELECT FROM dynamic_actions d WHERE ${visible('public')} AND d.name = $2
    AND d.namespace IN ($3, '') LIMIT 1`,
};
const SPEC: Statement = { name: 'lookup:spec', text: 'SELECT spec FROM workflow_specs WHERE id = $1' };
const ENVIRONMENT: Statement = {
  name: 'lookup:environment',
  text: `SELECT d.variables FROM environments d WHERE ${visible('public')} AND d.name = $2 ${ORDER}`,
};
const PARAMS: Statement = { name: 'lookup:params', text: 'SELECT params FROM workflow_executions WHERE id = $1' };
const TREE_SIZE: Statement = {
  name: 'lookup:tree-size',
  text: `SELECT (SELECT count(*) FROM workflow_executions WHERE root_execution_id = $1)::float8
    + (SELECT count(*) FROM outbox WHERE root_execution_id = $1 AND kind = 'tell' AND parent_execution_id IS NOT NULL)::float8
    AS size`,
};
const SOURCE: Statement = {
  name: 'lookup:source',
  text: `SELECT workflow_id AS "workflowId", workflow_name AS "workflowName", workflow_namespace AS "workflowNamespace",
    project_id AS "projectId", input, params FROM workflow_executions WHERE id = $1`,
};
const OF_TASK: Statement = {
  name: 'lookup:of-task',
  text: 'SELECT execution_id AS "executionId", project_id AS "projectId" FROM task_executions WHERE id = $1',
};
const OF_ACTION: Statement = {
  name: 'lookup:of-action',
  text: 'SELECT execution_id AS "executionId", project_id AS "projectId" FROM action_executions WHERE id = $1',
};
const EXECUTION: Statement = {
  name: 'lookup:execution',
  text: `SELECT state, project_id AS "projectId", workflow_name AS "workflowName"
    FROM workflow_executions e WHERE id = $1
    AND NOT EXISTS (SELECT FROM deletions d WHERE d.execution_id IN (e.id, e.root_execution_id))`,
};
const ENDED: Statement = {
  name: 'lookup:ended',
  text: `SELECT w.id FROM unnest($1::text[]) w (id) LEFT JOIN workflow_executions e ON e.id = w.id
    WHERE e.id IS NULL OR e.state IN ('SUCCESS', 'ERROR', 'CANCELLED')`,
};

export interface SourceExecution {
  readonly workflowId: string | null;
  readonly workflowName: string;
  readonly workflowNamespace: string;
  readonly projectId: string;
  readonly input: Json;
  readonly params: Json;
}

export interface ExecutionHead {
  readonly state: string;
  readonly projectId: string;
  readonly workflowName: string;
}

/** Where a task or action belongs. */
interface Place<Id> {
  readonly executionId: Id;
  readonly projectId: string;
}

/** What a decision has to look up: definitions by name as the project sees them, and where a task or action belongs. */
export class LookupStore {
  async workflowByName(tx: Tx, projectId: string, name: string, namespace: string): Promise<FoundWorkflow | undefined> {
    return (await tx.rows<FoundWorkflow>(WORKFLOW_BY_NAME, [projectId, name, namespace]))[0];
  }

  async workflowById(tx: Tx, projectId: string, id: string): Promise<FoundWorkflow | undefined> {
    return (await tx.rows<FoundWorkflow>(WORKFLOW_BY_ID, [projectId, id]))[0];
  }

  /** The same workflow as it was; what it is called and where it belongs stay as they are now. */
  async workflowVersion(tx: Tx, workflow: FoundWorkflow, version: number): Promise<FoundWorkflow | undefined> {
    const [row] = await tx.rows<{ specId: string }>(WORKFLOW_VERSION, [workflow.id, version]);
    return row === undefined ? undefined : { ...workflow, specId: row.specId };
  }

  async action(tx: Tx, projectId: string, name: string, namespace: string): Promise<FoundAction | undefined> {
    const [row] = await tx.rows<Omit<FoundAction, 'spec'> & { spec: string }>(ACTION, [projectId, name, namespace]);
    return row === undefined ? undefined : { ...row, spec: parse(row.spec) };
  }

  /** In the namespace, or in the default one. */
  async hasDynamicAction(tx: Tx, projectId: string, name: string, namespace: string): Promise<boolean> {
    return (await tx.rows(DYNAMIC_ACTION, [projectId, name, namespace])).length > 0;
  }

  async spec(tx: Tx, specId: string): Promise<Json | undefined> {
    const [row] = await tx.rows<{ spec: string }>(SPEC, [specId]);
    return row === undefined ? undefined : parse(row.spec);
  }

  async environment(tx: Tx, projectId: string, name: string): Promise<Json | undefined> {
    const [row] = await tx.rows<{ variables: string }>(ENVIRONMENT, [projectId, name]);
    return row === undefined ? undefined : parse(row.variables);
  }

  async params(tx: Tx, executionId: string): Promise<Json | undefined> {
    const [row] = await tx.rows<{ params: string }>(PARAMS, [executionId]);
    return row === undefined ? undefined : parse(row.params);
  }

  /** Executions below a root, and the starts of more that wait in the outbox. */
  async treeSize(tx: Tx, rootExecutionId: string): Promise<number> {
    return (await tx.rows<{ size: number }>(TREE_SIZE, [rootExecutionId]))[0]?.size ?? 0;
  }

  async source(tx: Tx, executionId: string): Promise<SourceExecution | undefined> {
    const [row] = await tx.rows<SourceExecution & { input: string; params: string }>(SOURCE, [executionId]);
    return row === undefined ? undefined : { ...row, input: parse(row.input), params: parse(row.params) };
  }

  async placeOfTask(tx: Tx, taskId: string): Promise<Place<string> | undefined> {
    return (await tx.rows<Place<string>>(OF_TASK, [taskId]))[0];
  }

  /** Without an execution: an action that was run on its own. */
  async placeOfAction(tx: Tx, actionId: string): Promise<Place<string | null> | undefined> {
    return (await tx.rows<Place<string | null>>(OF_ACTION, [actionId]))[0];
  }

  async execution(tx: Tx, executionId: string): Promise<ExecutionHead | undefined> {
    return (await tx.rows<ExecutionHead>(EXECUTION, [executionId]))[0];
  }

  /** Of the given executions those that are in a final state or gone. */
  async ended(db: Queryable, executionIds: readonly string[]): Promise<readonly string[]> {
    return (await db.rows<{ id: string }>(ENDED, [executionIds])).map(({ id }) => id);
  }
}

function parse(text: string): Json {
  return parseJson(text, { allowNaN: true });
}
