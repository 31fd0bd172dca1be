import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InputError, NotFoundError } from '../core/shared/index.js';
import {
  Database,
  type MemberStatus,
  ResourceMemberStore,
  type Viewer,
  WorkflowDefinitionStore,
} from '../store/index.js';
import { changeable } from './ownership.js';

/** Sharing: the owner offers a private workflow to a project, which accepts it or not. Administrators have no more rights. */
@Injectable()
export class Members {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ResourceMemberStore) private readonly store: ResourceMemberStore,
    @Inject(WorkflowDefinitionStore) private readonly workflows: WorkflowDefinitionStore,
  ) {}

  /**
   * Offers a workflow of the caller's project to another.
   * @returns the identifier of the offer, which is `pending`
   */
  async create(workflowId: string, memberId: string, owner: Viewer): Promise<string> {
    const asMember = { ...owner, isAdmin: false };
    const notFound = `Workflow not found [workflow_identifier=${workflowId}, namespace=]`;
    const id = randomUUID();
    await this.database.transaction(async (tx) => {
      const row = await this.workflows.find(tx, asMember, workflowId, { by: 'id' });
      if (row?.scope === 'public') throw new InputError('Only private resource could be shared.');
      changeable(row, asMember, 'WorkflowDefinition', notFound);
      await this.store.create(tx, id, workflowId, owner.projectId, memberId);
    });
    return id;
  }

  /** Accepts or rejects an offer; only the project that it was made to can do that. */
  async answer(workflowId: string, memberId: string, status: MemberStatus, caller: Viewer): Promise<void> {
    const isAsked = memberId === caller.projectId;
    const id = isAsked ? await this.store.setStatus(this.database, workflowId, memberId, status) : undefined;
    if (id === undefined) throw new NotFoundError(memberNotFound(workflowId, memberId));
  }

  /** Takes an offer back; only its owner can do that. */
  async delete(workflowId: string, memberId: string, owner: Viewer): Promise<void> {
    const isGone = await this.store.delete(this.database, workflowId, owner.projectId, memberId);
    if (!isGone) throw new NotFoundError(memberNotFound(workflowId, memberId));
  }
}

export function memberNotFound(workflowId: string, memberId: string): string {
  return `Resource member not found [resource_id=${workflowId}, member_id=${memberId}]`;
}
