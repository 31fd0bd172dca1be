import { Injectable } from '@nestjs/common';
import type { Duty } from './duty.js';
import { Maintenance } from './maintenance.service.js';

/** While the service is under maintenance, pauses whatever still runs. */
@Injectable()
export class PausingService implements Duty {
  readonly name = 'pausing';
  readonly everyMs = 500;

  constructor(private readonly maintenance: Maintenance) {}

  async tick(): Promise<number | undefined> {
    return (await this.maintenance.pausePass()) ? 100 : undefined;
  }
}
