import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '../config/index.js';
import { EngineService } from '../engine/index.js';
import { type RowWithoutWakeup, WakeupStore } from '../store/index.js';
import type { Duty } from './duty.js';
import { Errands } from './errands.js';

const BATCH = 1_000;
const MAX_UNDER_WAY = 100;
const SECOND_LOOK_MS = 5_000;
const ORPHANED_AFTER_SECONDS = 60;

/** What the sweeps of this process have seen and done. */
interface SweepCounts {
  /** Rows that had no wake-up in two looks. */
  readonly found: number;
  /** Attempts to give one a wake-up. */
  readonly repairs: number;
  /** Messages dropped because the execution they were for is gone. */
  readonly orphans: number;
}

/**
 * Looks for rows that nothing would ever wake, which only a bug can leave, and gives them a wake-up. A row is touched
 * only when it had none in two looks some seconds apart, and ever more rarely when that doesn't help.
 */
@Injectable()
export class SweepService implements Duty {
  readonly name = 'sweep';
  readonly everyMs = 30_000;
  private looks: ReadonlyMap<string, number> = new Map();
  private readonly errands: Errands;
  private readonly totals = { found: 0, repairs: 0, orphans: 0 };

  constructor(
    private readonly wakeups: WakeupStore,
    private readonly engine: EngineService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.errands = new Errands(MAX_UNDER_WAY, logger);
  }

  get counts(): SweepCounts {
    return { ...this.totals };
  }

  async tick(): Promise<number | undefined> {
    await this.dropOrphans();
    const found = await this.wakeups.rowsWithoutWakeup(BATCH);
    this.looks = new Map(found.map((row) => [keyOf(row), (this.looks.get(keyOf(row)) ?? 0) + 1]));
    await this.repair(found.filter((row) => isPowerOfTwo(this.looks.get(keyOf(row)) ?? 0)));
    return found.length > 0 ? SECOND_LOOK_MS : undefined;
  }

  async end(): Promise<void> {
    await this.errands.settled();
  }

  private async repair(rows: readonly RowWithoutWakeup[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) this.report(row);
    await this.wakeups.wakeActions(idsOf(rows, 'action'));
    const children = await this.wakeups.endedUntold(idsOf(rows, 'task'));
    const executions = rows.flatMap(({ executionId }) => executionId ?? []);
    for (const executionId of new Set([...children, ...executions])) {
      await this.errands.room();
      this.errands.send(() => this.engine.tell(executionId, { kind: 'sweep' }), { executionId });
    }
    const fields = { rows: rows.length, sinceStart: this.counts };
    this.logger.warn(fields, 'the sweep has repaired rows that had no wake-up: please report this bug');
  }

  private report(row: RowWithoutWakeup): void {
    if (this.looks.get(keyOf(row)) === 2) this.totals.found += 1;
    this.totals.repairs += 1;
    this.logger.error({ ...row }, 'a row had no wake-up; the sweep gives it one');
  }

  private async dropOrphans(): Promise<void> {
    const dropped = await this.wakeups.dropOrphans(ORPHANED_AFTER_SECONDS);
    if (dropped === 0) return;
    this.totals.orphans += dropped;
    this.logger.info({ dropped }, 'messages to executions that are gone were dropped');
  }
}

function keyOf({ kind, id }: RowWithoutWakeup): string {
  return `${kind} ${id}`;
}

function idsOf(rows: readonly RowWithoutWakeup[], kind: RowWithoutWakeup['kind']): readonly string[] {
  return rows.flatMap((row) => (row.kind === kind ? [row.id] : []));
}

/** 2, 4, 8, … but not the first look. */
function isPowerOfTwo(looks: number): boolean {
  return looks > 1 && (looks & (looks - 1)) === 0;
}
