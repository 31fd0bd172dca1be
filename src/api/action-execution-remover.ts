import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { ForbiddenError } from '../core/shared/index.js';
import { Engine } from '../engine/index.js';
import { ACTION_EXECUTIONS, byId, Reads } from '../store/queries/index.js';
import type { CallerOf } from './http/index.js';

/** Deletes action executions where the operator allows it. */
@Injectable()
export class ActionExecutionRemover {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Engine) private readonly engine: Engine,
  ) {}

  /** @throws {NotFoundError} first of all; {ForbiddenError} unless allowed, finished and of no task */
  async remove(id: string, caller: CallerOf): Promise<void> {
    await this.reads.one(ACTION_EXECUTIONS, caller, byId(id), ACTION_EXECUTIONS.notFound(id), 'id');
    if (!this.config.allowActionExecutionDeletion)
      throw new ForbiddenError('Action execution deletion is not allowed.');
    await this.engine.deleteAction(id, { ...caller, isAdmin: false });
  }
}
