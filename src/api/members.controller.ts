import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/index.js';
import { InputError } from '../core/shared/index.js';
import { memberNotFound, Members } from '../definitions/index.js';
import { byMember, isUuid, MEMBERS, Reads } from '../store/queries/index.js';
import { isAuthenticating } from './authentication.js';
import { ApiFaults, Caller, type CallerOf, JsonBody, listOf, Parameters, pathParameter, Query } from './http/index.js';
import { CreateMemberDto, MemberDto, toMemberId, toMemberStatus, UpdateMemberDto } from './members.dto.js';

const BODY = { argument: 'member_info', ignored: MEMBERS.columns.map((column) => column.name) };
const EXAMPLE_ID = '59943311-7a4f-4c37-9a52-0a8a6d7f4c11';
const PROJECT = '5f1c9a2e8d7b4c3f9a1e2d3c4b5a6978';

/** Workflows shared with other projects. */
@ApiTags('members')
@ApiExtraModels(MemberDto)
@ApiFaults(400, 404, 500, 503)
@Controller('v2/workflows/:workflow_id/members')
export class MembersController {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Members) private readonly members: Members,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the projects that a workflow is offered to, or the offer to this one' })
  @pathParameter('workflow_id', 'Identifier of the workflow.', EXAMPLE_ID)
  @ApiResponse({ status: 200, schema: listOf('members', MemberDto) })
  async list(
    @Param('workflow_id') workflowId: string,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    this.check(workflowId);
    return this.reads.all(MEMBERS, caller, byMember(workflowId));
  }

  @Get(':member_id')
  @ApiOperation({ summary: 'Show the offer of a workflow to a project' })
  @pathParameter('workflow_id', 'Identifier of the workflow.', EXAMPLE_ID)
  @pathParameter('member_id', 'Project that it is offered to.', PROJECT)
  @ApiResponse({ status: 200, type: MemberDto })
  async one(
    @Param('workflow_id') workflowId: string,
    @Param('member_id') memberId: string,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    this.check(workflowId);
    return this.show(workflowId, memberId, caller);
  }

  @Post()
  @ApiOperation({ summary: 'Offer a private workflow of this project to another project' })
  @pathParameter('workflow_id', 'Identifier of the workflow.', EXAMPLE_ID)
  @ApiBody({ type: CreateMemberDto })
  @ApiResponse({ status: 201, type: MemberDto })
  @ApiFaults(403, 409, 415)
  async create(
    @Param('workflow_id') workflowId: string,
    @JsonBody({ ...BODY, dto: CreateMemberDto }) body: CreateMemberDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    this.check(workflowId);
    const memberId = toMemberId(body);
    await this.members.create(workflowId, memberId, caller);
    return this.show(workflowId, memberId, caller);
  }

  @Put(':member_id')
  @ApiOperation({ summary: 'Accept or reject an offer; only the project that it was made to can' })
  @pathParameter('workflow_id', 'Identifier of the workflow.', EXAMPLE_ID)
  @pathParameter('member_id', 'Project that it is offered to: the own one.', PROJECT)
  @ApiBody({ type: UpdateMemberDto })
  @ApiResponse({ status: 200, type: MemberDto })
  @ApiFaults(415)
  async update(
    @Param('workflow_id') workflowId: string,
    @Param('member_id') memberId: string,
    @JsonBody({ ...BODY, dto: UpdateMemberDto }) body: UpdateMemberDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    this.check(workflowId);
    await this.members.answer(workflowId, memberId, toMemberStatus(body), caller);
    return this.show(workflowId, memberId, caller);
  }

  @Delete(':member_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an offer back; only the owner can' })
  @pathParameter('workflow_id', 'Identifier of the workflow.', EXAMPLE_ID)
  @pathParameter('member_id', 'Project that it is offered to.', PROJECT)
  @ApiResponse({ status: 204, description: 'Deleted.' })
  async delete(
    @Param('workflow_id') workflowId: string,
    @Param('member_id') memberId: string,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<void> {
    this.check(workflowId);
    await this.members.delete(workflowId, memberId, caller);
  }

  private check(workflowId: string): void {
    if (!isUuid(workflowId)) {
      throw new InputError('Only support UUID as resource identifier in resource sharing feature.');
    }
    if (!isAuthenticating(this.config)) {
      throw new InputError('Resource sharing feature can only be supported with authentication enabled.');
    }
  }

  private show(workflowId: string, memberId: string, caller: CallerOf): Promise<string> {
    return this.reads.one(MEMBERS, caller, byMember(workflowId, memberId), memberNotFound(workflowId, memberId));
  }
}
