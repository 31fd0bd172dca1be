import { Injectable } from '@nestjs/common';
import type { Waiting } from '../store/index.js';
import { CALLED_EVERY_MS, type Duty } from './duty.js';
import { Maintenance } from './maintenance.service.js';

/** While the service is under maintenance, pauses whatever still runs. */
@Injectable()
export class PausingService implements Duty {
  readonly name = 'pausing';
  readonly everyMs = CALLED_EVERY_MS;

  constructor(private readonly maintenance: Maintenance) {}

  neededIn({ isInMaintenance }: Waiting): number | undefined {
    return isInMaintenance ? 0 : undefined;
  }

  async tick(): Promise<number | undefined> {
    return (await this.maintenance.pausePass()) ? 100 : undefined;
  }
}
