import type { Database } from './database.js';
import { tellRecord } from './save-batch.js';
import { saveStatement } from './save-statement.js';
import type { Statement, Tx } from './tx.js';

/** Executions that one transaction deletes; what has more below it goes in pieces. */
const PIECE = 200;
const MOST_FOUND = 1_000;

const COUNT_BELOW: Statement = {
  name: 'deletions:count-below',
  text: `WITH RECURSIVE below (id) AS (SELECT id FROM workflow_executions WHERE id = $1
      UNION ALL SELECT e.id FROM below b JOIN workflow_executions e ON e.parent_execution_id = b.id)
    SELECT count(*)::int AS count FROM (SELECT FROM below LIMIT $2) found`,
};
const REMEMBER_CHILD: Statement = {
  name: 'deletions:remember-child',
  text: `INSERT INTO deleted_children (id, parent_execution_id, task_execution_id, workflow_name, state, state_info, accepted,
      item_index, item_run, created_at)
    SELECT id, parent_execution_id, task_execution_id, workflow_name, coalesce(reported_state, 'RUNNING'),
      CASE WHEN reported_state IS NOT NULL THEN state_info END, accepted, item_index, item_run, created_at
    FROM workflow_executions WHERE id = $1 AND parent_execution_id IS NOT NULL AND task_execution_id IS NOT NULL
    ON CONFLICT (id) DO NOTHING
    RETURNING parent_execution_id AS "parentId",
      (SELECT root_execution_id FROM workflow_executions WHERE id = $1) AS "rootId"`,
};
const BELOW = `WITH RECURSIVE below (id) AS (SELECT id FROM workflow_executions WHERE id = $1
  UNION SELECT e.id FROM workflow_executions e JOIN below b ON e.parent_execution_id = b.id)`;
const DELETE_OUTBOX = ofOutbox('small', BELOW, '(SELECT id FROM below)');
const DELETE: Statement = { name: 'deletions:delete', text: 'DELETE FROM workflow_executions WHERE id = $1' };
const MARK: Statement = {
  name: 'deletions:mark',
  text: 'INSERT INTO deletions (execution_id, depth) VALUES ($1, 0) ON CONFLICT DO NOTHING',
};
const TURN: Statement = {
  name: 'deletions:turn',
  text: `SELECT pg_try_advisory_xact_lock(hashtext('tramontane:deletions')) AS "isMine"`,
};
const DEEPEST: Statement = {
  name: 'deletions:deepest',
  text: `SELECT execution_id AS id, depth FROM deletions ORDER BY depth DESC LIMIT ${PIECE}`,
};
const FIND_BELOW: Statement = {
  name: 'deletions:find-below',
  text: `INSERT INTO deletions (execution_id, depth)
    SELECT c.id, p.depth + 1 FROM unnest($1::text[], $2::int[]) p (id, depth)
      JOIN workflow_executions c ON c.parent_execution_id = p.id
    WHERE NOT EXISTS (SELECT FROM deletions d WHERE d.execution_id = c.id) LIMIT ${MOST_FOUND}
    ON CONFLICT DO NOTHING RETURNING execution_id`,
};
const DELETE_PIECE_OUTBOX = ofOutbox('piece', '', 'ANY($1::text[])');
/** One that is being decided on goes with the next piece. */
const DELETE_PIECE: Statement = {
  name: 'deletions:piece',
  text: `DELETE FROM workflow_executions WHERE id IN (
    SELECT id FROM workflow_executions WHERE id = ANY($1::text[]) FOR UPDATE SKIP LOCKED) RETURNING id`,
};

/** What a deletion has done. */
export interface Deleted {
  /** Executions that are gone; 0 when they will go in pieces. */
  readonly count: number;
  /** The execution that has to hear that its sub-workflow was deleted. */
  readonly parent: { readonly parentId: string; readonly rootId: string | null } | undefined;
}

/** Deletes executions with everything below them: tasks, actions, timers, journal, messages and sub-workflow executions. */
export class DeletionStore {
  constructor(private readonly database: Database) {}

  /**
   * Deletes a locked execution, at once or, with very many below it, by marking it: nobody sees it or decides on it any more,
   * and {@link piece} does the rest. Its parent is told.
   */
  async delete(tx: Tx, executionId: string): Promise<Deleted> {
    const parent = await this.#tellParent(tx, executionId);
    const [below] = await tx.rows<{ count: number }>(COUNT_BELOW, [executionId, PIECE + 1]);
    const count = below?.count ?? 0;
    if (count > PIECE) {
      await tx.rows(MARK, [executionId]);
      return { count: 0, parent };
    }
    for (const statement of DELETE_OUTBOX) await tx.rows(statement, [executionId]);
    await tx.rows(DELETE, [executionId]);
    return { count, parent };
  }

  /** Deletes some of what is marked, from below. @returns whether there may be more */
  async piece(): Promise<boolean> {
    return await this.database.transaction(async (tx) => {
      const [turn] = await tx.rows<{ isMine: boolean }>(TURN);
      if (turn?.isMine !== true) return false;
      const deepest = await tx.rows<{ id: string; depth: number }>(DEEPEST);
      if (deepest.length === 0) return false;
      const ids = deepest.map(({ id }) => id);
      const found = await tx.rows(FIND_BELOW, [ids, deepest.map(({ depth }) => depth)]);
      if (found.length > 0) return true;
      for (const statement of DELETE_PIECE_OUTBOX) await tx.rows(statement, [ids]);
      return (await tx.rows(DELETE_PIECE, [ids])).length > 0;
    });
  }

  /** The parent's task remembers for ever that it was started, and ends if it has not. */
  async #tellParent(tx: Tx, executionId: string): Promise<Deleted['parent']> {
    const [parent] = await tx.rows<{ parentId: string; rootId: string | null }>(REMEMBER_CHILD, [executionId]);
    if (parent === undefined) return undefined;
    const { parentId, rootId } = parent;
    const told = tellRecord(parentId, { kind: 'child-deleted', childId: executionId }, rootId ?? parentId);
    const save = saveStatement({ outbox: [told] });
    if (save !== undefined) await tx.rows(save.statement, save.values);
    return parent;
  }
}

/** What the outbox holds for executions; each kind is found by an index of its own. */
function ofOutbox(name: string, before: string, which: string): readonly Statement[] {
  const conditions = {
    told: `kind = 'tell' AND execution_id = ${which}`,
    starts: `parent_execution_id = ${which}`,
    notifications: `kind = 'notify' AND execution_id = ${which}`,
    runs: `kind = 'run' AND action_id IN (SELECT id FROM action_executions WHERE execution_id = ${which})`,
  };
  return Object.entries(conditions).map(([kind, condition]) => ({
    name: `deletions:${name}-${kind}`,
    text: `${before} DELETE FROM outbox WHERE ${condition.replaceAll('= (SELECT', 'IN (SELECT')}`,
  }));
}
