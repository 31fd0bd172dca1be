import { describe, expect, it } from '@jest/globals';
import { until } from '../../test/support/until.js';
import { createLogger } from '../config/index.js';
import { ServiceUnavailableError, type Waiting } from '../store/index.js';
import type { Duty } from './duty.js';
import { Repeater } from './repeater.js';

interface Observed {
  readonly repeater: Repeater;
  /** `level: message` */
  readonly lines: readonly string[];
}

function observe(duty: Partial<Duty>): Observed {
  const lines: string[] = [];
  const write = (line: string): void => {
    const { level, msg } = JSON.parse(line) as { level: string; msg: string };
    lines.push(`${level}: ${msg}`);
  };
  const whole: Duty = { name: 'test', everyMs: 10, tick: () => Promise.resolve(undefined), ...duty };
  return { repeater: new Repeater(whole, createLogger('debug', { write })), lines };
}

const NOTHING_WAITS: Waiting = {
  timerAt: null,
  cronAt: null,
  hasTells: false,
  hasNotifications: false,
  hasDeletions: false,
  isInMaintenance: false,
};

describe('a repeated duty', () => {
  it('is done again and again, never twice at a time', async () => {
    let [ticks, running, most] = [0, 0, 0];
    const { repeater } = observe({
      tick: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 15));
        ticks += 1;
        running -= 1;
        return undefined;
      },
    });

    repeater.start();
    await until(() => ticks > 3);
    await repeater.stop();

    expect(most).toBe(1);
  });

  it('comes at once when something waits for it, however far apart its ticks are', async () => {
    let ticks = 0;
    const { repeater } = observe({
      everyMs: 60_000,
      neededIn: ({ hasTells }) => (hasTells ? 0 : undefined),
      tick: () => {
        ticks += 1;
        return Promise.resolve(undefined);
      },
    });
    repeater.start();
    await until(() => ticks === 1);

    repeater.callFor({ ...NOTHING_WAITS, hasDeletions: true });
    repeater.callFor({ ...NOTHING_WAITS, hasTells: true });
    await until(() => ticks === 2);
    await repeater.stop();

    expect(ticks).toBe(2);
  });

  it('comes earlier when the tick or somebody else asks for it', async () => {
    let ticks = 0;
    let wake: (ms: number) => void = () => undefined;
    const { repeater } = observe({
      everyMs: 60_000,
      begin: (wakeIn) => {
        wake = wakeIn;
      },
      tick: () => {
        ticks += 1;
        return Promise.resolve(ticks < 3 ? 1 : undefined);
      },
    });

    repeater.start();
    await until(() => ticks === 3);
    wake(50_000);
    wake(1);
    await until(() => ticks === 4);

    await repeater.stop();
  });

  it('hears a wish that is uttered during a tick', async () => {
    let ticks = 0;
    let wake: (ms: number) => void = () => undefined;
    const { repeater } = observe({
      everyMs: 60_000,
      begin: (wakeIn) => {
        wake = wakeIn;
      },
      tick: () => {
        ticks += 1;
        if (ticks === 1) wake(1);
        return Promise.resolve(undefined);
      },
    });

    repeater.start();
    await until(() => ticks === 2);

    await repeater.stop();
  });

  it('goes on after a failure, which is logged', async () => {
    let ticks = 0;
    const { repeater, lines } = observe({
      tick: () => {
        ticks += 1;
        return ticks === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(undefined);
      },
    });

    repeater.start();
    await until(() => ticks > 2);
    await repeater.stop();

    expect(lines).toEqual(['error: a tick failed; the next one tries again', 'info: works again']);
  });

  it('warns once while the database is away', async () => {
    let ticks = 0;
    const { repeater, lines } = observe({
      tick: () => {
        ticks += 1;
        return ticks < 4 ? Promise.reject(new ServiceUnavailableError('away')) : Promise.resolve(undefined);
      },
    });

    repeater.start();
    await until(() => ticks > 4);
    await repeater.stop();

    expect(lines).toEqual(['warn: waits for the database', 'info: works again']);
  });

  it('stops after the tick that is under way and what that has begun', async () => {
    const done: string[] = [];
    let release: (() => void) | undefined;
    const { repeater } = observe({
      tick: async () => {
        await new Promise<void>((resolve) => (release = resolve));
        done.push('tick');
        return 0;
      },
      end: () => {
        done.push('end');
        return Promise.resolve();
      },
    });
    repeater.start();
    const letGo = await until(() => release);

    const stopped = repeater.stop();
    letGo();
    await stopped;

    expect(done).toEqual(['tick', 'end']);
    repeater.wakeIn(0);
    expect(done).toEqual(['tick', 'end']);
  });
});
