import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, LOGGER, type Logger } from '../config/index.js';
import { ActionRunner, News } from '../engine/index.js';
import { type Notification, OutboxStore, type Waiting } from '../store/index.js';
import { CALLED_EVERY_MS, type Duty } from './duty.js';
import { Errands } from './errands.js';
import { sendWebhook } from './webhook.js';

const BATCH = 200;
/** Executions whose notifications are sent at the same time. */
const MAX_UNDER_WAY = 50;
/** What is not sent by then may be taken by another node. */
const HOLD_SECONDS = 60;
/** No sending starts later than this after the taking: it takes less than the rest of the hold. */
const START_WITHIN_MS = 40_000;
const MAX_ATTEMPTS = 6;

/**
 * Sends notifications: those of one execution in order, of several at the same time. One that fails is tried again after
 * growing pauses, and given up after the sixth attempt.
 */
@Injectable()
export class NotificationsService implements Duty {
  readonly name = 'notifications';
  readonly everyMs = CALLED_EVERY_MS;
  private readonly errands: Errands;
  private isStopped = false;

  constructor(
    private readonly outbox: OutboxStore,
    private readonly runner: ActionRunner,
    private readonly news: News,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.errands = new Errands(MAX_UNDER_WAY, logger);
  }

  begin(wakeIn: (ms: number) => void): void {
    this.news.subscribe(({ hasNotifications }) => {
      if (hasNotifications) wakeIn(0);
    });
  }

  neededIn({ hasNotifications }: Waiting): number | undefined {
    return hasNotifications ? 0 : undefined;
  }

  async tick(): Promise<number | undefined> {
    await this.errands.room();
    const taken = await this.outbox.takeNotifications(BATCH, HOLD_SECONDS);
    const takenAt = this.clock.now();
    for (const [executionId, list] of byExecution(taken)) {
      await this.errands.room();
      this.errands.send(() => this.sendAll(list, takenAt), { executionId });
    }
    return taken.length === BATCH ? 0 : undefined;
  }

  /** What is under way is sent; the rest is for another node, or for later. */
  async end(): Promise<void> {
    this.isStopped = true;
    await this.errands.settled();
  }

  /** In order: behind one that has to be sent again, the others wait. */
  private async sendAll(list: readonly Notification[], takenAt: number): Promise<void> {
    const done: number[] = [];
    for (const [index, notification] of list.entries()) {
      const isLeft = this.isStopped || (this.clock.now() - takenAt) / 1000 > START_WITHIN_MS;
      const pauseSeconds = isLeft ? 0 : await this.send(notification);
      if (pauseSeconds === undefined) done.push(notification.id);
      else {
        const rest = list.slice(index).map(({ id }) => id);
        await this.outbox.dropNotifications(done);
        await this.outbox.postponeNotifications(rest, pauseSeconds, isLeft ? rest : rest.slice(1));
        return;
      }
    }
    await this.outbox.dropNotifications(done);
  }

  /** @returns after how many seconds to try again, or undefined when it is done with */
  private async send(notification: Notification): Promise<number | undefined> {
    const { id, executionId, attempts, publisher, payload } = notification;
    const delivery = await sendWebhook(this.runner, notification);
    if (delivery.kind === 'sent') return undefined;
    const { reason, isHopeless } = delivery;
    const fields = { id, executionId, url: publisher['url'], event: payload['event'], attempts, reason };
    if (!isHopeless && attempts < MAX_ATTEMPTS) {
      this.logger.info(fields, 'a notification could not be sent; tried again');
      return 2 ** (attempts - 1);
    }
    this.logger.warn(fields, 'a notification could not be sent and is given up');
    return undefined;
  }
}

function byExecution(list: readonly Notification[]): ReadonlyMap<string, readonly Notification[]> {
  const groups = new Map<string, Notification[]>();
  for (const notification of list) {
    const group = groups.get(notification.executionId);
    if (group === undefined) groups.set(notification.executionId, [notification]);
    else group.push(notification);
  }
  return groups;
}
