import { ConflictError } from '../core/shared/index.js';
import type { Queryable, Statement, Tx } from './tx.js';

export const MEMBER_STATUSES = ['pending', 'accepted', 'rejected'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

const INSERT: Statement = {
  name: 'resource_members:insert',
  text: `INSERT INTO resource_members (id, resource_id, resource_type, project_id, member_id)
    VALUES ($1, $2, 'workflow', $3, $4) ON CONFLICT (resource_id, resource_type, member_id)
      DO UPDATE SET status = resource_members.status WHERE resource_members.id = excluded.id RETURNING id`,
};
const SET_STATUS: Statement = {
  name: 'resource_members:set-status',
  text: `UPDATE resource_members SET status = $3::text,
      updated_at = CASE WHEN status = $3::text THEN updated_at ELSE clock_timestamp() END
    WHERE resource_id = $1 AND resource_type = 'workflow' AND member_id = $2 RETURNING id`,
};
const DELETE: Statement = {
  name: 'resource_members:delete',
  text: `DELETE FROM resource_members
    WHERE resource_id = $1 AND resource_type = 'workflow' AND member_id = $2 AND project_id = $3 RETURNING id`,
};

/** Workflows that their owners share with other projects. */
export class ResourceMemberStore {
  /**
   * Offers a workflow to a project; the offer is `pending`.
   * @param id  of the offer; with the same one it is the same offer, made again because the answer to its commit was lost
   * @throws {ConflictError} when it was offered before
   */
  async create(tx: Tx, id: string, workflowId: string, owner: string, memberId: string): Promise<void> {
    const [row] = await tx.rows<{ id: string }>(INSERT, [id, workflowId, owner, memberId]);
    if (row !== undefined) return;
    const columns = "['resource_id', 'resource_type', 'member_id']";
    throw new ConflictError(`Duplicate entry for ResourceMember ${columns}: ${workflowId}, workflow, ${memberId}`);
  }

  /** @returns the id of the row, undefined when the workflow was not offered to the project */
  async setStatus(
    db: Queryable,
    workflowId: string,
    memberId: string,
    status: MemberStatus,
  ): Promise<string | undefined> {
    return (await db.rows<{ id: string }>(SET_STATUS, [workflowId, memberId, status]))[0]?.id;
  }

  /** @returns false when the owner has not offered the workflow to the project */
  async delete(db: Queryable, workflowId: string, owner: string, memberId: string): Promise<boolean> {
    return (await db.rows(DELETE, [workflowId, memberId, owner])).length > 0;
  }
}
