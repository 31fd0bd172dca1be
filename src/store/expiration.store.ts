import type { Instant } from '../core/flow/index.js';
import type { Statement, Tx } from './tx.js';

const FINISHED = `e.finished_at IS NOT NULL AND e.parent_execution_id IS NULL AND e.state = ANY ($1::text[])
  AND NOT EXISTS (SELECT FROM deletions d WHERE d.execution_id = e.id)`;

const BEFORE: Statement = {
  name: 'expiration:before',
  text: `SELECT e.id FROM workflow_executions e
    WHERE ${FINISHED} AND e.finished_at < to_timestamp($2 / 1000000.0::float8)
    ORDER BY e.finished_at LIMIT $3 FOR UPDATE SKIP LOCKED`,
};
const BEYOND: Statement = {
  name: 'expiration:beyond',
  text: `WITH beyond AS MATERIALIZED (SELECT e.id FROM workflow_executions e
      WHERE ${FINISHED} ORDER BY e.finished_at DESC, e.id DESC OFFSET $2 LIMIT $3)
    SELECT e.id FROM workflow_executions e WHERE e.id IN (SELECT id FROM beyond) AND ${FINISHED}
    FOR UPDATE OF e SKIP LOCKED`,
};

/** Finds executions that have been finished for long, with none above them; those found are locked. */
export class ExpirationStore {
  /** @returns ids, the oldest first */
  async finishedBefore(tx: Tx, states: readonly string[], at: Instant, limit: number): Promise<readonly string[]> {
    return (await tx.rows<{ id: string }>(BEFORE, [states, at, limit])).map(({ id }) => id);
  }

  /** @returns ids of those that more than `keep` have outlived */
  async beyondNewest(tx: Tx, states: readonly string[], keep: number, limit: number): Promise<readonly string[]> {
    return (await tx.rows<{ id: string }>(BEYOND, [states, keep, limit])).map(({ id }) => id);
  }
}
