import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import { Database, WorkflowVersionStore } from '../store/index.js';
import type { Duty } from './duty.js';

const WORKFLOWS = 100;
/** Of one workflow in one transaction. */
const VERSIONS = 50;
const PAUSE_BETWEEN_BATCHES_MS = 10;

/** Deletes the oldest versions of workflows that have more than the operator wants to keep. */
@Injectable()
export class VersionsService implements Duty {
  readonly name = 'workflow versions';
  readonly everyMs = 60_000;
  private last = '';

  constructor(
    private readonly database: Database,
    private readonly versions: WorkflowVersionStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'workflowVersionsKept'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** One batch of workflows; as long as there are more, the next one comes soon. */
  async tick(): Promise<number | undefined> {
    const keep = this.config.workflowVersionsKept;
    if (keep === 0) return undefined;
    const batch = { after: this.last, keep, workflows: WORKFLOWS, versions: VERSIONS };
    const { deleted, last, isUnfinished } = await this.database.transaction((tx) => this.versions.prune(tx, batch));
    if (deleted > 0) this.logger.info({ count: deleted }, 'deleted old versions of workflows');
    if (isUnfinished) return PAUSE_BETWEEN_BATCHES_MS;
    this.last = last ?? '';
    return last === undefined ? undefined : PAUSE_BETWEEN_BATCHES_MS;
  }
}
