import { Injectable } from '@nestjs/common';
import { EngineService } from '../engine/index.js';
import { Database, SuspectStore } from '../store/index.js';
import type { Duty } from './duty.js';

/** Has executions set aside that have killed their processes, also where nothing else would have them handled. */
@Injectable()
export class SuspectsService implements Duty {
  readonly name = 'suspects';
  readonly everyMs = 5_000;

  constructor(
    private readonly database: Database,
    private readonly suspects: SuspectStore,
    private readonly engine: EngineService,
  ) {}

  async tick(): Promise<undefined> {
    for (const id of await this.suspects.found(this.database)) this.engine.poke(id);
  }
}
