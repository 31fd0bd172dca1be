import type { Database } from './database.js';
import type { Statement } from './tx.js';

/** Claims that are made and not ended, of actions `a`. */
export const IS_CLAIMED = `a.claimed_by IS NOT NULL AND a.state = 'RUNNING' AND a.dispatch = 'queued'`;
const LOOKED_AT = 100;

const RENEW: Statement = {
  name: 'nodes:renew',
  text: `INSERT INTO executor_nodes AS n (name, renewed_at, lease_until)
      VALUES ($1, now(), now() + $2 * interval '1 second')
    ON CONFLICT (name) DO UPDATE SET renewed_at = excluded.renewed_at, lease_until = excluded.lease_until`,
};
const END: Statement = {
  name: 'nodes:end',
  text: 'UPDATE executor_nodes SET lease_until = least(lease_until, now()) WHERE name = $1',
};
const ENDED: Statement = {
  name: 'nodes:ended',
  text: `SELECT name FROM executor_nodes WHERE lease_until < now() ORDER BY name LIMIT ${LOOKED_AT}`,
};
/** One that is claiming at the moment holds its row. */
const LOCK_ENDED: Statement = {
  name: 'nodes:lock-ended',
  text: `SELECT name FROM executor_nodes WHERE name = ANY($1::text[]) AND lease_until < now() FOR UPDATE SKIP LOCKED`,
};
const REMOVE: Statement = {
  name: 'nodes:remove',
  text: `DELETE FROM executor_nodes n WHERE n.name = ANY($1::text[]) AND NOT EXISTS (
    SELECT FROM action_executions a WHERE a.claimed_by = n.name AND ${IS_CLAIMED} AND a.lease_until IS NULL)`,
};

/**
 * The processes that run actions. Each has one lease for all that it has claimed, so renewing costs the same whatever it runs,
 * and waits for nobody who works on one of its actions.
 */
export class ExecutorNodes {
  constructor(private readonly database: Database) {}

  /** From now on the node may claim for so many seconds, and what it has claimed stays with it. */
  async renew(node: string, leaseSeconds: number): Promise<void> {
    await this.database.rows(RENEW, [node, leaseSeconds]);
  }

  /** The node gives up what it still has: others take over at once. */
  async end(node: string): Promise<void> {
    await this.database.rows(END, [node]);
  }

  /** Names of nodes whose lease has ended, some of them. */
  async ended(): Promise<readonly string[]> {
    return namesOf(await this.database.rows(ENDED));
  }

  /** Forgets those of the ended nodes that have no claims any more. */
  async remove(nodes: readonly string[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const locked = namesOf(await tx.rows(LOCK_ENDED, [nodes]));
      // In a statement of its own, which sees all claims that were committed before the lock.
      if (locked.length > 0) await tx.rowsThenCommit(REMOVE, [locked]);
    });
  }
}

function namesOf(rows: readonly { readonly name: string }[]): readonly string[] {
  return rows.map(({ name }) => name);
}
