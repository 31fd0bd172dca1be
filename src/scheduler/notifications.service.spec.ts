import { describe, expect, it } from '@jest/globals';
import { FakeClock, silentLogger } from '../config/index.js';
import type { Json, JsonObject } from '../core/shared/index.js';
import { ActionRunner, News, type RunOutcome } from '../engine/index.js';
import type { Notification, OutboxStore } from '../store/index.js';
import { NotificationsService } from './notifications.service.js';

class FakeOutbox {
  waiting: Notification[] = [];
  readonly did: string[] = [];

  takeNotifications(): Promise<Notification[]> {
    return Promise.resolve(this.waiting.splice(0));
  }

  dropNotifications(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) this.did.push(`drop ${ids.join(' ')}`);
    return Promise.resolve();
  }

  postponeNotifications(ids: readonly number[], seconds: number, untried: readonly number[]): Promise<void> {
    this.did.push(`${ids.join(' ')} in ${seconds} s, untried ${untried.join(' ')}`);
    return Promise.resolve();
  }
}

/** Answers with a status per URL, and notes what it was asked. */
class FakeRunner extends ActionRunner {
  readonly inputs: JsonObject[] = [];
  status: Readonly<Record<string, number>> = {};
  onRun = (): void => undefined;

  run(name: string, input: JsonObject): Promise<RunOutcome> {
    if (name !== 'std.http') throw new Error(name);
    this.inputs.push(input);
    this.onRun();
    const status = this.status[input['url'] as string];
    if (status === undefined)
      return Promise.resolve({ state: 'ERROR', result: 'Failed to send HTTP request: no route' });
    return Promise.resolve({ state: 'SUCCESS', result: { status } });
  }

  get urls(): readonly (Json | undefined)[] {
    return this.inputs.map((input) => input['url']);
  }
}

function aNotification(id: number, url: string, more: Partial<Notification> = {}): Notification {
  const publisher = { type: 'webhook', url, headers: { 'X-Token': 't' } };
  return { id, executionId: 'x', publisher, payload: { event: null, n: id }, attempts: 1, ...more };
}

function aService(waiting: Notification[], status: Readonly<Record<string, number>>) {
  const [outbox, runner, clock] = [new FakeOutbox(), new FakeRunner(), new FakeClock()];
  outbox.waiting = waiting;
  runner.status = status;
  const store = outbox as unknown as OutboxStore;
  const service = new NotificationsService(store, runner, new News(), clock, silentLogger);
  const act = async (): Promise<readonly string[]> => {
    await service.tick();
    await new Promise((resolve) => setImmediate(resolve));
    await service.end();
    return outbox.did;
  };
  return { runner, clock, act };
}

describe('notifications', () => {
  it('are posted as JSON, with the headers of the publisher and a key that stays the same', async () => {
    const { runner, act } = aService([aNotification(7, 'a')], { a: 200 });

    expect(await act()).toEqual(['drop 7']);
    expect(runner.inputs).toEqual([
      {
        url: 'a',
        method: 'POST',
        json: { event: null, n: 7 },
        headers: { 'Idempotency-Key': 'x/7', 'X-Token': 't' },
        timeout: [3, 10],
        allow_redirects: false,
      },
    ]);
  });

  it('wait behind one of their execution that failed, those of others do not', async () => {
    const list = [1, 2, 3].map((id) => aNotification(id, id === 2 ? 'down' : 'up'));
    const other = aNotification(4, 'up', { executionId: 'y' });
    const { runner, act } = aService([...list, other], { up: 201 });

    expect((await act()).toSorted()).toEqual(['2 3 in 1 s, untried 3', 'drop 1', 'drop 4']);
    expect(runner.urls).toEqual(['up', 'up', 'down']);
  });

  it.each([
    [1, '1 in 1 s, untried '],
    [2, '1 in 2 s, untried '],
    [5, '1 in 16 s, untried '],
    [6, 'drop 1'],
  ])('are sent again after growing pauses and given up in the end: attempt %d', async (attempts, expected) => {
    const { act } = aService([aNotification(1, 'down', { attempts })], {});

    expect(await act()).toEqual([expected]);
  });

  it.each([202, 204, 302, 404, 500])('have not arrived with status %d', async (status) => {
    const { act } = aService([aNotification(1, 'a')], { a: status });

    expect(await act()).toEqual(['1 in 1 s, untried ']);
  });

  it.each<JsonObject>([{ type: 'pigeon', url: 'a' }, { type: 'webhook' }])(
    'without a way to be sent are dropped: %j',
    async (to) => {
      const { runner, act } = aService([aNotification(1, 'a', { publisher: to })], { a: 200 });

      expect(await act()).toEqual(['drop 1']);
      expect(runner.inputs).toEqual([]);
    },
  );

  it('are left to the next look when the hold is running out', async () => {
    const { runner, clock, act } = aService([aNotification(1, 'a'), aNotification(2, 'a')], { a: 200 });
    runner.onRun = () => clock.advance(41_000);

    expect(await act()).toEqual(['drop 1', '2 in 0 s, untried 2']);
  });

  it('are looked for as soon as some wait', () => {
    const news = new News();
    const wakes: number[] = [];
    const store = new FakeOutbox() as unknown as OutboxStore;
    const service = new NotificationsService(store, new FakeRunner(), news, new FakeClock(), silentLogger);
    service.begin((ms) => wakes.push(ms));

    const published = (commands: object[]) => [
      { commands, tasks: [], timersSet: [], execution: { row: { state: 'RUNNING' } } },
    ];
    news.publish(published([]) as never);
    news.publish(published([{ kind: 'notify' }]) as never);

    expect(wakes).toEqual([0]);
  });
});
