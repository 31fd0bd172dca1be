import { describe, expect, it } from '@jest/globals';
import { FakeClock, silentLogger } from '../config/index.js';
import { NotFoundError } from '../core/shared/index.js';
import type { AskForStart, DeferredStarts, StartExecution } from '../engine/index.js';
import type { CronTriggerRow, CronTriggerStore, Database, Tx } from '../store/index.js';
import { CronService } from './cron.service.js';

const NOON = new FakeClock().now();
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

function aTrigger(changes: Partial<CronTriggerRow> = {}): CronTriggerRow {
  return {
    id: 'c1',
    projectId: 'owner',
    scope: 'private',
    name: 'nightly',
    pattern: '*/5 * * * *',
    firstExecutionTime: null,
    nextExecutionTime: NOON,
    remainingExecutions: null,
    workflowId: 'w1',
    workflowName: 'wf',
    workflowInput: { vm: 'a' },
    workflowInputHash: '',
    workflowParams: { env: 'prod' },
    workflowParamsHash: '',
    createdAt: NOON - MINUTE,
    updatedAt: null,
    ...changes,
  };
}

/** Triggers, and what becomes of them. */
class World {
  readonly log: string[] = [];
  readonly asked: StartExecution[] = [];
  refuse: Error | undefined;
  takenElsewhere: readonly string[] = [];
  private readonly store = {
    due: (_db: unknown, now: number, limit: number) =>
      Promise.resolve(
        this.rows
          .filter((row) => row.nextExecutionTime <= now)
          .map(({ id }) => id)
          .slice(0, limit),
      ),
    take: (_tx: unknown, id: string) =>
      Promise.resolve(this.takenElsewhere.includes(id) ? undefined : this.rows.find((row) => row.id === id)),
    advance: (_tx: unknown, id: string, next: number, remaining: number | null) => {
      this.log.push(`${id} again in ${String((next - NOON) / SECOND)} s, left ${String(remaining)}`);
      this.rows = this.rows.map((row) => (row.id === id ? { ...row, nextExecutionTime: next } : row));
      return Promise.resolve();
    },
    delete: (_tx: unknown, { id }: CronTriggerRow) => {
      this.log.push(`${id} deleted`);
      this.rows = this.rows.filter((row) => row.id !== id);
      return Promise.resolve(true);
    },
    nextAt: () => Promise.resolve(this.rows.map((row) => row.nextExecutionTime).sort((a, b) => a - b)[0]),
  };
  private readonly starts = {
    within: (work: (tx: Tx, ask: AskForStart) => Promise<unknown>) => work({} as Tx, (request) => this.ask(request)),
  };

  constructor(private rows: readonly CronTriggerRow[]) {}

  duty(cronEnabled = true, clock = new FakeClock()): CronService {
    const store = this.store as unknown as CronTriggerStore;
    const starts = this.starts as unknown as DeferredStarts;
    return new CronService({} as Database, store, starts, { cronEnabled }, clock, silentLogger);
  }

  private ask(request: StartExecution): Promise<string> {
    if (this.refuse !== undefined) return Promise.reject(this.refuse);
    this.asked.push(request);
    return Promise.resolve('e1');
  }
}

describe('a cron trigger that is due', () => {
  it('starts its workflow with its input, and says in the description who did', async () => {
    const world = new World([aTrigger()]);
    await world.duty().tick();

    const description =
      '{"description": "Workflow execution created by cron trigger \'(c1)\'.", ' +
      '"triggered_by": {"type": "cron_trigger", "id": "c1"}}';
    expect(world.asked).toEqual([{ workflowId: 'w1', input: { vm: 'a' }, params: { env: 'prod' }, description }]);
    expect(world.log).toEqual(['c1 again in 300 s, left null']);
  });

  it('catches up on missed times with one start, and goes on from now', async () => {
    const world = new World([aTrigger({ nextExecutionTime: NOON - 60 * MINUTE, remainingExecutions: 9 })]);
    await world.duty().tick();

    expect(world.asked).toHaveLength(1);
    expect(world.log).toEqual(['c1 again in 300 s, left 8']);
  });

  it('is deleted at its last count, and when its time never comes again', async () => {
    const world = new World([
      aTrigger({ remainingExecutions: 1 }),
      aTrigger({ id: 'c2', pattern: '0 0 30 2 0', firstExecutionTime: NOON, remainingExecutions: 1 }),
      aTrigger({ id: 'c3', pattern: 'of old' }),
    ]);
    await world.duty().tick();

    expect(world.log).toEqual(['c1 deleted', 'c2 deleted', 'c3 deleted']);
    expect(world.asked).toHaveLength(3);
  });

  it('moves on when its workflow can not start', async () => {
    const world = new World([aTrigger({ remainingExecutions: 2 })]);
    world.refuse = new NotFoundError('Workflow not found');
    await world.duty().tick();

    expect(world.log).toEqual(['c1 again in 300 s, left 1']);
  });

  it('does not keep up the others when another node has it', async () => {
    const world = new World([aTrigger(), aTrigger({ id: 'c2' })]);
    world.takenElsewhere = ['c1'];
    expect(await world.duty().tick()).toBe(100);
    expect(world.log).toEqual(['c2 again in 300 s, left null']);
  });
});

describe('the duty', () => {
  it('looks again when the next trigger is due, and regularly without any', async () => {
    const world = new World([aTrigger({ nextExecutionTime: NOON + 3 * SECOND })]);
    expect(await world.duty().tick()).toBe(3_000);
    expect(world.asked).toEqual([]);
    expect(await new World([]).duty().tick()).toBeUndefined();
  });

  it('does nothing where cron is switched off', async () => {
    const world = new World([aTrigger()]);
    expect(await world.duty(false).tick()).toBeUndefined();
    expect(world.asked).toEqual([]);
  });
});
