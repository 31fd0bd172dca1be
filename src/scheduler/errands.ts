import type { Logger } from '../config/index.js';
import { NotFoundError } from '../core/shared/index.js';
import { isAway } from './repeater.js';

/** Messages on their way to executions: limited in number, awaited at the end, and a failure of one is only logged. */
export class Errands {
  private readonly underWay = new Set<Promise<void>>();

  /** @param max  how many may be under way at the same time */
  constructor(
    private readonly max: number,
    private readonly logger: Logger,
  ) {}

  /** How many more may be sent; waits until there is room for one. */
  async room(): Promise<number> {
    while (this.underWay.size >= this.max) await Promise.race(this.underWay);
    return this.max - this.underWay.size;
  }

  /** @param fields  for the log, e.g. `{ executionId, timerId }` */
  send(errand: () => Promise<void>, fields: object): void {
    const going = errand()
      .catch((error: unknown) => this.report(error, fields))
      .finally(() => this.underWay.delete(going));
    this.underWay.add(going);
  }

  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private report(error: unknown, fields: object): void {
    if (error instanceof NotFoundError) this.logger.debug(fields, 'the execution is gone');
    else if (isAway(error)) this.logger.debug(fields, 'not delivered while the database is away; tried again later');
    else this.logger.error({ ...fields, err: error }, 'not delivered; tried again later');
  }
}
