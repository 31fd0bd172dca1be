import { randomUUID } from 'node:crypto';
import { parseJson, type JsonObject } from '../core/shared/index.js';
import { NEXT_CANDIDATES, pickedInTurn, THESE_CANDIDATES } from './claim-turns.js';
import type { Database } from './database.js';
import { ExecutorNodes, IS_CLAIMED } from './executor-nodes.js';
import { type Shares, UNSHARED } from './shares.js';
import type { Statement, Tx } from './tx.js';

/** Why nobody waits for an action any more: it, its task or its execution was cancelled, or the task has timed out. */
export type Unwanted = 'cancelled' | 'timed-out';

/** A claim that its node still has. */
export interface HeldClaim {
  readonly id: string;
  readonly unwanted: Unwanted | null;
}

/** An action that a node has claimed: all that it takes to run it. */
export interface ClaimedAction {
  /** Also the idempotency key: it stays the same when the action runs again. */
  readonly id: string;
  readonly executionId: string | null;
  readonly taskExecutionId: string | null;
  readonly taskName: string | null;
  readonly projectId: string;
  readonly workflowName: string | null;
  readonly workflowNamespace: string | null;
  readonly rootExecutionId: string | null;
  /** The name that clients see; an ad-hoc action's own. */
  readonly name: string;
  /** What to run: `std.http` with these inputs. */
  readonly runName: string;
  readonly input: JsonObject;
  readonly target: string | null;
  readonly timeoutSeconds: number | null;
  readonly isSync: boolean;
  readonly safeRerun: boolean;
  /** 1 for the first start. */
  readonly attempts: number;
  /** Not null when it need not be started at all. */
  readonly unwanted: Unwanted | null;
}

/** An action whose executor has not been heard of for the length of its lease, or has given it up. */
export interface LostAction {
  readonly actionId: string;
  readonly executionId: string | null;
  readonly claimedBy: string;
}

/** Ended tasks and cancelled executions do not wait for action `a`. */
const UNWANTED = `(SELECT CASE
    WHEN e.state = 'CANCELLED' OR t.state = 'CANCELLED' THEN 'cancelled'
    WHEN t.state = 'ERROR' AND a.timeout_seconds IS NOT NULL THEN 'timed-out'
    WHEN t.state IN ('SUCCESS', 'ERROR', 'SKIPPED') THEN 'cancelled' END
  FROM task_executions t JOIN workflow_executions e ON e.id = t.execution_id WHERE t.id = a.task_execution_id)`;

const CLAIMED_COLUMNS = `a.id, a.execution_id AS "executionId", a.task_execution_id AS "taskExecutionId",
  (SELECT name FROM task_executions WHERE id = a.task_execution_id) AS "taskName",
  a.project_id AS "projectId", a.workflow_name AS "workflowName", a.workflow_namespace AS "workflowNamespace",
  (SELECT coalesce(root_execution_id, id) FROM workflow_executions WHERE id = a.execution_id) AS "rootExecutionId",
  a.name, a.run_name AS "runName", coalesce(a.run_input, a.input) AS input, a.target,
  a.timeout_seconds AS "timeoutSeconds", a.is_sync AS "isSync", a.safe_rerun AS "safeRerun", a.attempts,
  ${UNWANTED} AS unwanted`;

/**
 * The run row goes and the claim is made together; a row of an action that has ended meanwhile only goes. The node's lease
 * must last, and it can't be removed before the claim is committed.
 */
function claim(name: string, candidates: string, limit: string): Statement {
  const whileLive = `SELECT c.* FROM (${candidates}) c WHERE EXISTS (SELECT FROM live)`;
  return {
    name: `claims:${name}`,
    text: `WITH live AS MATERIALIZED (SELECT name FROM executor_nodes WHERE name = $2 AND lease_until > now() FOR KEY SHARE),
      ${pickedInTurn(whileLive, limit)},
      gone AS (DELETE FROM outbox o USING picked p WHERE o.id = p.id),
      claimed AS (UPDATE action_executions a
        SET claimed_by = $2, claimed_at = now(), last_heartbeat = now(), is_lost = false,
          lease_until = NULL, attempts = a.attempts + 1
        FROM picked p
        WHERE a.id = p.action_id AND a.claimed_by IS NULL AND a.state = 'RUNNING' AND a.dispatch = 'queued'
        RETURNING p.id AS run_id, a.*)
      SELECT ${CLAIMED_COLUMNS} FROM claimed a ORDER BY a.run_id`,
  };
}

const CLAIM_NEXT = claim('next', NEXT_CANDIDATES, 'LIMIT $1::int');
const CLAIM_THESE = claim('these', THESE_CANDIDATES, '');

const HELD: Statement = {
  name: 'claims:held',
  text: `SELECT a.id, a.lease_until IS NOT NULL AS "isGivenUp", ${UNWANTED} AS unwanted FROM action_executions a
    WHERE a.id = ANY($2::text[]) AND a.claimed_by = $1 AND ${IS_CLAIMED}`,
};
const KEEP: Statement = {
  name: 'claims:keep',
  text: `WITH picked AS MATERIALIZED (SELECT id FROM action_executions a
      WHERE a.id = ANY($2::text[]) AND a.claimed_by = $1 AND ${IS_CLAIMED} FOR UPDATE SKIP LOCKED)
    UPDATE action_executions a SET lease_until = NULL, is_lost = false FROM picked p WHERE a.id = p.id`,
};
const GIVE_UP: Statement = {
  name: 'claims:give-up',
  text: `UPDATE action_executions a SET lease_until = now()
    WHERE a.id = ANY($2::text[]) AND a.claimed_by = $1 AND ${IS_CLAIMED} AND a.lease_until IS NULL`,
};
function expired(name: string, which: string): Statement {
  return {
    name: `claims:${name}`,
    text: `WITH picked AS MATERIALIZED (SELECT id FROM action_executions a
      WHERE ${IS_CLAIMED} AND ${which} LIMIT $1 FOR UPDATE SKIP LOCKED)
    UPDATE action_executions a SET is_lost = true, lease_until = now() + $2 * interval '1 second'
    FROM picked p WHERE a.id = p.id
    RETURNING a.id AS "actionId", a.execution_id AS "executionId", a.claimed_by AS "claimedBy"`,
  };
}
const EXPIRED = expired('expired', 'a.lease_until < now()');
const OF_ENDED_NODES = expired(
  'of-ended-nodes',
  `a.lease_until IS NULL AND a.claimed_by = ANY($3::text[])
    AND EXISTS (SELECT FROM executor_nodes n WHERE n.name = a.claimed_by AND n.lease_until < now())`,
);
const ARE_LOST: Statement = {
  name: 'claims:are-lost',
  text: `SELECT id FROM action_executions a WHERE a.id = ANY($1::text[]) AND a.is_lost AND ${IS_CLAIMED}`,
};
const ARE_CLAIMED: Statement = {
  name: 'claims:are-claimed',
  text: 'SELECT id FROM action_executions WHERE id = ANY($1::text[]) AND claimed_by IS NOT NULL',
};
function release(name: string, which: string): Statement {
  return {
    name: `claims:${name}`,
    text: `WITH released AS (
      UPDATE action_executions a SET claimed_by = NULL, lease_until = NULL, is_lost = false, attempts = a.attempts - 1
      WHERE ${which} AND a.claimed_by = $1 AND ${IS_CLAIMED} RETURNING a.id, a.execution_id, a.project_id)
    INSERT INTO outbox (kind, execution_id, action_id, run_for, root_execution_id) SELECT 'run', r.execution_id, r.id,
      r.project_id, (SELECT coalesce(e.root_execution_id, e.id) FROM workflow_executions e WHERE e.id = r.execution_id)
      FROM released r
    RETURNING action_id AS id`,
  };
}

const RELEASE = release('release', 'a.id = ANY($2::text[])');
const RELEASE_UNKNOWN = release('release-unknown', 'NOT a.id = ANY($2::text[])');

/**
 * Who runs which action. An action is claimed before it starts, by one node, and only while it is RUNNING. The claim lasts as
 * long as the lease of the node, unless it has a lease of its own: one that was given up, or is of an earlier version.
 */
export class ClaimStore {
  readonly nodes: ExecutorNodes;

  constructor(private readonly database: Database) {
    this.nodes = new ExecutorNodes(database);
  }

  /**
   * Claims actions that wait to be run, or the given ones among them: projects have their turns, in each its root
   * executions, in these the oldest first. None is ever given out twice unless `releaseClaims` or a new `run-action` command
   * has put it back. A node whose lease does not last gets none.
   */
  async claimRuns(
    which: number | readonly string[],
    node: string,
    { held, ofRoot, ofProject }: Shares = UNSHARED,
  ): Promise<readonly ClaimedAction[]> {
    const values = [which, node, JSON.stringify(held), ofRoot, ofProject];
    const rows = await (typeof which === 'number'
      ? this.database.rows<ClaimedText>(CLAIM_NEXT, [...values, randomUUID()])
      : this.database.rows<ClaimedText>(CLAIM_THESE, values));
    return rows.map(toClaimed);
  }

  /**
   * What the node runs stays its own, also what was taken for lost before it was heard of again. Locks of others are not
   * waited for.
   * @returns those that are still this node's; the others have ended or were taken for lost, and must be aborted
   */
  async keep(node: string, actionIds: readonly string[]): Promise<readonly HeldClaim[]> {
    if (actionIds.length === 0) return [];
    const held = await this.database.rows<HeldClaim & { isGivenUp: boolean }>(HELD, [node, actionIds]);
    const givenUp = held.filter(({ isGivenUp }) => isGivenUp);
    if (givenUp.length > 0) await this.database.rows(KEEP, [node, idsOf(givenUp)]);
    return held.map(({ id, unwanted }) => ({ id, unwanted }));
  }

  /** The node knows no more of these than others do, although it lives: they count as lost. */
  async giveUp(node: string, actionIds: readonly string[]): Promise<void> {
    if (actionIds.length > 0) await this.database.rows(GIVE_UP, [node, actionIds]);
  }

  /**
   * Actions whose lease has ended, that of their node or their own. They are marked, and given out again after `holdSeconds`
   * unless the loss was decided or the executor was heard of again. What is queued is only looked at while there is a node
   * whose lease has ended.
   */
  async expiredLeases(limit: number, holdSeconds = 5): Promise<readonly LostAction[]> {
    const lost = await this.database.rows<LostAction>(EXPIRED, [limit, holdSeconds]);
    const nodes = await this.nodes.ended();
    if (nodes.length === 0 || lost.length >= limit) return lost;
    const theirs = await this.database.rows<LostAction>(OF_ENDED_NODES, [limit - lost.length, holdSeconds, nodes]);
    if (theirs.length === 0) await this.nodes.remove(nodes);
    return [...lost, ...theirs];
  }

  /** Which of these are lost now, under the execution's lock: a stale `action-lost` must not hit a newer claim. */
  async stillLost(tx: Tx, actionIds: readonly string[]): Promise<readonly string[]> {
    return idsOf(await tx.rows<{ id: string }>(ARE_LOST, [actionIds]));
  }

  /** Which of these an executor has claimed, under the execution's lock. */
  async claimed(tx: Tx, actionIds: readonly string[]): Promise<readonly string[]> {
    return idsOf(await tx.rows<{ id: string }>(ARE_CLAIMED, [actionIds]));
  }

  /** Hands back claims of actions that were not started: another node may run them. */
  async releaseClaims(node: string, actionIds: readonly string[]): Promise<readonly string[]> {
    if (actionIds.length === 0) return [];
    return idsOf(await this.database.rows<{ id: string }>(RELEASE, [node, actionIds]));
  }

  /**
   * Hands back claims of which the node does not know: the answer to a claim was lost with the connection. No claim of
   * the node may be under way.
   * @param known  all that it has started, and that it has not reported
   */
  async releaseUnknown(node: string, known: readonly string[]): Promise<readonly string[]> {
    return idsOf(await this.database.rows<{ id: string }>(RELEASE_UNKNOWN, [node, known]));
  }
}

type ClaimedText = Omit<ClaimedAction, 'input'> & { readonly input: string };

function toClaimed({ input, ...action }: ClaimedText): ClaimedAction {
  return { ...action, input: parseJson(input, { allowNaN: true }) as JsonObject };
}

function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map(({ id }) => id);
}
