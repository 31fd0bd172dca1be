import { describe, expect, it } from '@jest/globals';
import { FakeClock, type Logger, silentLogger } from '../config/index.js';
import type { FlowEvent } from '../core/flow/index.js';
import { type EngineService, News } from '../engine/index.js';
import type {
  ClaimStore,
  LostAction,
  OutboxStore,
  Target,
  RowWithoutWakeup,
  TimerStore,
  WakeupStore,
} from '../store/index.js';
import { LeasesService } from './leases.service.js';
import { RelayService } from './relay.service.js';
import { SweepService } from './sweep.service.js';
import { TimersService } from './timers.service.js';

/** Notes what it is told; `refuse` makes it reject. */
class FakeEngine {
  readonly told: string[] = [];
  refuse: Error | undefined;

  tell(executionId: string, event: FlowEvent): Promise<void> {
    this.told.push(`${executionId} ${event.kind}${'timerId' in event ? ` ${event.timerId}` : ''}`);
    return this.refuse === undefined ? Promise.resolve() : Promise.reject(this.refuse);
  }

  report(actionId: string, executionId: string | null, outcome: string): Promise<void> {
    this.told.push(`${String(executionId)} ${actionId} ${outcome}`);
    return Promise.resolve();
  }

  poke(executionId: string): boolean {
    this.told.push(`${executionId} poke`);
    return true;
  }

  /** What has been told since the last time. */
  take(): string[] {
    return this.told.splice(0);
  }

  get service(): EngineService {
    return this as unknown as EngineService;
  }
}

const NOW = new FakeClock().now();

describe('timers', () => {
  class FakeTimers {
    due: { timerId: string; executionId: string }[] = [];
    next: number | undefined;

    dueTimers(): Promise<{ timerId: string; executionId: string }[]> {
      return Promise.resolve(this.due.splice(0));
    }

    nextTimerAt(): Promise<number | undefined> {
      return Promise.resolve(this.next);
    }
  }

  function aDuty(timers: FakeTimers, engine: FakeEngine, news = new News()): TimersService {
    return new TimersService(timers as unknown as TimerStore, engine.service, news, new FakeClock(), silentLogger);
  }

  it('that are due reach their executions, and the next look is when the next one is due', async () => {
    const [timers, engine] = [new FakeTimers(), new FakeEngine()];
    timers.due = [
      { timerId: 't1', executionId: 'a' },
      { timerId: 't2', executionId: 'a' },
      { timerId: 't3', executionId: 'b' },
    ];
    timers.next = NOW + 120_000;
    const duty = aDuty(timers, engine);

    expect(await duty.tick()).toBe(120);
    await duty.end();

    expect(engine.take()).toEqual(['a timer t1', 'a timer t2', 'b timer t3']);
  });

  it('are not kept up by one that can not be delivered', async () => {
    const [timers, engine] = [new FakeTimers(), new FakeEngine()];
    engine.refuse = new Error('broken');
    timers.due = [{ timerId: 't1', executionId: 'a' }];
    const duty = aDuty(timers, engine);

    expect(await duty.tick()).toBeUndefined();
    await duty.end();
  });

  it('set by this process wake it in time', () => {
    const news = new News();
    const wishes: number[] = [];
    aDuty(new FakeTimers(), new FakeEngine(), news).begin((ms) => wishes.push(ms));

    const timer = { id: 't', executionId: 'e', taskExecutionId: 'x', kind: 'retry', dueAt: NOW + 3_000, payload: {} };
    news.publish([{ commands: [], tasks: [], timersSet: [timer], execution: { row: { state: 'RUNNING' } } }] as never);
    news.publish([{ commands: [], tasks: [], timersSet: [], execution: { row: { state: 'RUNNING' } } }] as never);

    expect(wishes).toEqual([3]);
  });
});

describe('the relay', () => {
  class FakeOutbox {
    targets: string[] = [];
    readonly ages: number[] = [];

    targetsWithTells(olderThanMs: number): Promise<readonly Target[]> {
      this.ages.push(olderThanMs);
      return Promise.resolve(this.targets.map((executionId) => ({ executionId, rootId: executionId })));
    }
  }

  it('delivers at once what a crash left, afterwards what nobody took for a second', async () => {
    const [outbox, engine] = [new FakeOutbox(), new FakeEngine()];
    outbox.targets = ['a', 'b'];
    const duty = new RelayService(outbox as unknown as OutboxStore, engine.service);

    await duty.tick();
    outbox.targets = [];
    await duty.tick();

    expect(outbox.ages).toEqual([0, 1000]);
    expect(engine.take()).toEqual(['a poke', 'b poke']);
  });

  it('asks an execution ever more rarely that takes nothing, and others as before', async () => {
    const [outbox, engine] = [new FakeOutbox(), new FakeEngine()];
    const duty = new RelayService(outbox as unknown as OutboxStore, engine.service);
    const looks: string[] = [];
    for (let look = 0; look < 12; look += 1) {
      outbox.targets = look === 6 ? ['a', 'new'] : ['a'];
      await duty.tick();
      looks.push(engine.take().join());
    }

    const again = 'a poke';
    expect(looks).toEqual([again, again, '', again, '', '', 'new poke', again, '', '', '', '']);
  });
});

describe('ended leases', () => {
  const LOST: readonly LostAction[] = [
    { actionId: 'a1', executionId: 'e', claimedBy: 'node-1' },
    { actionId: 'a2', executionId: null, claimedBy: 'node-1' },
  ];

  /** @param takesMs  how long the database takes to answer, look by look */
  function aDuty(engine: FakeEngine, clock: FakeClock, takesMs: number[] = []): LeasesService {
    const expiredLeases = (): Promise<readonly LostAction[]> => {
      clock.advance(takesMs.shift() ?? 0);
      return Promise.resolve(LOST);
    };
    const claims = { expiredLeases } as unknown as ClaimStore;
    return new LeasesService(claims, engine.service, { leaseSeconds: 9 }, clock, silentLogger);
  }

  it('are reported, also of actions that were run on their own', async () => {
    const engine = new FakeEngine();
    const duty = aDuty(engine, new FakeClock());

    expect(await duty.tick()).toBeUndefined();
    await duty.end();

    expect(engine.take()).toEqual(['e a1 lost', 'null a2 lost']);
  });

  it.each([
    ['the database was away', [0, 3_000], 0],
    ['the process stood still', [0, 0], 3_000],
  ])('are reported only after executors had time to be heard of again, when %s', async (_, takesMs, pauseMs) => {
    const [engine, clock] = [new FakeEngine(), new FakeClock()];
    const duty = aDuty(engine, clock, takesMs);
    await duty.tick();
    engine.take();
    clock.advance(pauseMs);

    const reported: number[] = [];
    for (let seconds = 0; seconds < 6; seconds += 1) {
      await duty.tick();
      reported.push(engine.take().length);
      clock.advance(1_000);
    }

    expect(reported).toEqual([0, 0, 0, 0, 0, 2]);
  });
});

describe('the sweep', () => {
  class FakeWakeups {
    rows: RowWithoutWakeup[] = [];
    readonly woken: string[] = [];

    rowsWithoutWakeup(): Promise<RowWithoutWakeup[]> {
      return Promise.resolve(this.rows);
    }

    wakeActions(ids: readonly string[]): Promise<void> {
      this.woken.push(...ids);
      return Promise.resolve();
    }

    endedUntold(ids: readonly string[]): Promise<string[]> {
      return Promise.resolve(ids.map((id) => `child of ${id}`));
    }

    dropOrphans(): Promise<number> {
      return Promise.resolve(1);
    }
  }

  function stuck(kind: RowWithoutWakeup['kind'], id: string, executionId: string | null): RowWithoutWakeup {
    return { kind, id, executionId, why: 'no timer' };
  }

  it('touches a row only when it had no wake-up in two looks', async () => {
    const [wakeups, engine] = [new FakeWakeups(), new FakeEngine()];
    const warnings: unknown[] = [];
    const warn = (fields: unknown): number => warnings.push(fields);
    const logger = { warn, error: () => undefined, info: () => undefined } as unknown as Logger;
    const duty = new SweepService(wakeups as unknown as WakeupStore, engine.service, logger);
    wakeups.rows = [stuck('task', 't1', 'e1'), stuck('task', 't2', 'e2')];

    expect(await duty.tick()).toBe(5_000);
    expect(engine.take()).toEqual([]);
    wakeups.rows = [stuck('task', 't2', 'e2'), stuck('task', 't3', 'e3')];
    await duty.tick();
    await duty.end();

    expect(engine.take()).toEqual(['child of t2 sweep', 'e2 sweep']);
    wakeups.rows = [];
    expect(await duty.tick()).toBeUndefined();
    expect(duty.counts).toEqual({ found: 1, repairs: 1, orphans: 3 });
    expect(warnings).toEqual([{ rows: 1, sinceStart: { found: 1, repairs: 1, orphans: 2 } }]);
  });

  it('tells each execution once, and wakes actions that were run on their own', async () => {
    const [wakeups, engine] = [new FakeWakeups(), new FakeEngine()];
    const duty = new SweepService(wakeups as unknown as WakeupStore, engine.service, silentLogger);
    wakeups.rows = [stuck('action', 'a1', 'e'), stuck('action', 'a2', 'e'), stuck('action', 'a3', null)];

    await duty.tick();
    await duty.tick();
    await duty.end();

    expect(wakeups.woken).toEqual(['a1', 'a2', 'a3']);
    expect(engine.take()).toEqual(['e sweep']);
  });

  it('tries ever more rarely what does not help', async () => {
    const [wakeups, engine] = [new FakeWakeups(), new FakeEngine()];
    const duty = new SweepService(wakeups as unknown as WakeupStore, engine.service, silentLogger);
    wakeups.rows = [stuck('execution', 'e', 'e')];
    const looks: number[] = [];
    for (let look = 1; look <= 16; look += 1) {
      await duty.tick();
      if (engine.take().length > 0) looks.push(look);
    }

    expect(looks).toEqual([2, 4, 8, 16]);
  });
});
