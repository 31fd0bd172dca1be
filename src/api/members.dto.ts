import { MEMBER_STATUSES, type MemberStatus } from '../definitions/index.js';
import { InputError } from '../core/shared/index.js';
import { ChoiceField, DateField, TextField } from './http/index.js';

const ID = '725432df-7a4f-4c37-9a52-0a8a6d7f4c11';
const PROJECT = '5f1c9a2e8d7b4c3f9a1e2d3c4b5a6978';

/** A workflow that its owner offers to another project, as it is answered. */
export class MemberDto {
  @TextField({ description: 'Identifier.', example: ID, isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Identifier of the workflow.', example: ID, isRequired: true })
  readonly resource_id?: string;

  @TextField({ description: 'Always workflow.', example: 'workflow', isRequired: true })
  readonly resource_type?: string;

  @TextField({ description: 'Project of the owner.', example: PROJECT, isRequired: true })
  readonly project_id?: string;

  @TextField({ description: 'Project that it is offered to.', example: PROJECT, isRequired: true })
  readonly member_id?: string;

  @TextField({ description: 'pending, accepted or rejected.', example: 'pending', isRequired: true })
  readonly status?: string;

  @DateField({ description: 'When it was created, UTC.', isRequired: true })
  readonly created_at?: string;

  @DateField({ description: 'When it last changed, UTC.' })
  readonly updated_at?: string | null;
}

/** Body of POST /v2/workflows/{id}/members. */
export class CreateMemberDto {
  @TextField({ description: 'Project to offer the workflow to.', example: PROJECT, isRequired: true })
  readonly member_id?: string | null;
}

/** Body of PUT /v2/workflows/{id}/members/{member_id}. */
export class UpdateMemberDto {
  @ChoiceField(MEMBER_STATUSES, { description: 'What the project answers.', example: 'accepted', isRequired: true })
  readonly status?: MemberStatus | null;
}

/** @throws {InputError} without a project */
export function toMemberId({ member_id: memberId }: CreateMemberDto): string {
  if (!memberId) throw new InputError('Member id must be provided.');
  return memberId;
}

/** @throws {InputError} without a status */
export function toMemberStatus({ status }: UpdateMemberDto): MemberStatus {
  if (!status) throw new InputError('Status must be provided.');
  return status;
}
