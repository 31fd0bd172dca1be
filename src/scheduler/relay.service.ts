import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { crashpoint } from '../config/index.js';
import { EngineService } from '../engine/index.js';
import { OutboxStore, type Target, type Waiting } from '../store/index.js';
import { CALLED_EVERY_MS, type Duty } from './duty.js';

const BATCH = 500;
/** Who has told something delivers it at once; what has waited longer was left by a crash. */
const LEFT_AFTER_MS = 1_000;
const LONGEST_PAUSE_LOOKS = 60;

interface Poked {
  /** Looks in a row that found something for the execution. */
  readonly times: number;
  /** Looks that pass before it is poked again. */
  readonly pause: number;
}

/** Has executions take what waits for them in the outbox and what nobody has delivered: after a crash, at once at the start. */
@Injectable()
export class RelayService implements Duty {
  readonly name = 'relay';
  readonly everyMs = CALLED_EVERY_MS;
  private isFirstLook = true;
  private looks = 0;
  private poked: ReadonlyMap<string, Poked> = new Map();

  constructor(
    private readonly outbox: OutboxStore,
    private readonly engine: EngineService,
  ) {}

  neededIn({ hasTells }: Waiting): number | undefined {
    // Without a tick it would not notice that those it asks ever more rarely have taken theirs.
    return hasTells || this.poked.size > 0 ? 0 : undefined;
  }

  async tick(): Promise<number | undefined> {
    const olderThanMs = this.isFirstLook ? 0 : LEFT_AFTER_MS;
    const targets = await this.outbox.targetsWithTells(olderThanMs, BATCH, this.nextPlace());
    this.isFirstLook = false;
    if (targets.length > 0) crashpoint('relay.found');
    this.poked = new Map(targets.map((target) => [target.executionId, this.poke(target)]));
    return targets.length === BATCH ? 100 : undefined;
  }

  /** Every other look begins somewhere, so that of very many trees all are seen. */
  private nextPlace(): string {
    this.looks += 1;
    return this.looks % 2 === 1 ? '' : randomUUID();
  }

  /** An execution that can't take its events is asked ever more rarely, at last every half minute. */
  private poke({ executionId, rootId }: Target): Poked {
    const before = this.poked.get(executionId);
    if (before !== undefined && before.pause > 0) return { ...before, pause: before.pause - 1 };
    if (!this.engine.poke(executionId, rootId)) return before ?? { times: 0, pause: 0 };
    const times = (before?.times ?? 0) + 1;
    return { times, pause: Math.min(2 ** (times - 1) - 1, LONGEST_PAUSE_LOOKS) };
  }
}
