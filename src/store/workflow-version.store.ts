import { offeredToNobody } from './tenancy.js';
import type { Statement, Tx } from './tx.js';

/** Versions that may go: the texts of some workflows, the next ones in the order of their ids. */
export interface VersionsToPrune {
  /** The id of the last workflow that was looked at; `''` to begin with. */
  readonly after: string;
  /** How many of each are kept, the newest, at least 1. */
  readonly keep: number;
  /** How many workflows are looked at. */
  readonly workflows: number;
  /** How many versions of each may go. */
  readonly versions: number;
}

/** What has gone; `last` is undefined when there were no more workflows. */
export interface PrunedVersions {
  readonly deleted: number;
  readonly last: string | undefined;
  /** Whether one of them may have more. */
  readonly isUnfinished: boolean;
}

/**
 * What others may start or read stays, as does what an unfinished execution or a trigger names. Definitions that somebody
 * is changing, or gives a trigger, are passed over.
 */
const PRUNE: Statement = {
  name: 'workflow_versions:prune',
  text: `WITH page AS MATERIALIZED (
      SELECT id FROM workflow_definitions WHERE id > $1 ORDER BY id LIMIT $3),
    own AS MATERIALIZED (
      SELECT d.id FROM workflow_definitions d WHERE d.id IN (SELECT id FROM page) AND ${offeredToNobody('d')}
      FOR UPDATE SKIP LOCKED),
    used AS MATERIALIZED (
      SELECT DISTINCT spec_id FROM workflow_executions WHERE state IN ('IDLE', 'RUNNING', 'PAUSED')),
    named AS MATERIALIZED (
      SELECT workflow_id, workflow_params FROM cron_triggers WHERE workflow_id IN (SELECT id FROM own)
      UNION ALL SELECT workflow_id, workflow_params FROM event_triggers WHERE workflow_id IN (SELECT id FROM own)),
    old AS (
      SELECT v.workflow_id, v.version FROM own
      CROSS JOIN LATERAL (SELECT version FROM workflow_definition_versions n WHERE n.workflow_id = own.id
        ORDER BY version DESC OFFSET $2 - 1 LIMIT 1) oldest
      CROSS JOIN LATERAL (SELECT o.workflow_id, o.version FROM workflow_definition_versions o
        WHERE o.workflow_id = own.id AND o.version < oldest.version
          AND o.spec_id NOT IN (SELECT spec_id FROM used)
          AND NOT EXISTS (SELECT FROM named t WHERE t.workflow_id = own.id
            AND t.workflow_params ~ ('"workflow_version": ' || o.version || '[,}]'))
        ORDER BY o.version LIMIT $4) v),
    gone AS (
      DELETE FROM workflow_definition_versions g USING old
      WHERE g.workflow_id = old.workflow_id AND g.version = old.version RETURNING g.workflow_id)
    SELECT (SELECT count(*) FROM gone)::int AS deleted, (SELECT max(id) FROM page) AS last,
      EXISTS (SELECT FROM gone GROUP BY workflow_id HAVING count(*) >= $4) AS "isUnfinished"`,
};

/** Earlier texts of workflows. */
export class WorkflowVersionStore {
  async prune(tx: Tx, { after, keep, workflows, versions }: VersionsToPrune): Promise<PrunedVersions> {
    const [row] = await tx.rows<Omit<PrunedVersions, 'last'> & { readonly last: string | null }>(PRUNE, [
      after,
      keep,
      workflows,
      versions,
    ]);
    return { deleted: row?.deleted ?? 0, last: row?.last ?? undefined, isUnfinished: row?.isUnfinished ?? false };
  }
}
