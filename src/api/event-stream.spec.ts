import { expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { SeenId, StateChange } from '../store/queries/index.js';
import { EventStream } from './event-stream.js';

const EXECUTION: StateChange = {
  kind: 'execution',
  id: 'e',
  name: 'wf',
  state: 'RUNNING',
  stateInfo: null,
  version: 3,
};
const CHANGES = { tasks: [], execution: EXECUTION, next: { version: 4, taskId: '' }, hasMore: false };

/** A client that reads nothing. */
class Unread extends EventEmitter {
  readonly written: string[] = [];

  write(text: string): boolean {
    this.written.push(text);
    return false;
  }
}

function aStream(): { readonly client: Unread; readonly stream: EventStream } {
  const client = new Unread();
  return { client, stream: new EventStream('e' as SeenId, 0, client as unknown as ServerResponse) };
}

it('sends no more to a client that does not read until it has read', async () => {
  const { client, stream } = aStream();
  let isShown = false;
  const showing = stream.show(CHANGES).then(() => (isShown = true));
  stream.wake();
  await new Promise(setImmediate);

  expect(isShown).toBe(false);
  client.emit('drain');
  await showing;
  expect(client.written).toHaveLength(1);
});

it('waits no longer for a client that has gone', async () => {
  const { client, stream } = aStream();
  const showing = stream.show(CHANGES);
  client.emit('close');

  await showing;
  await stream.news();
  expect(stream.isClosed).toBe(true);
});

it('says nothing twice', async () => {
  const { client, stream } = aStream();
  for (const version of [3, 4]) {
    const showing = stream.show({ ...CHANGES, execution: { ...EXECUTION, version } });
    client.emit('drain');
    await showing;
  }

  expect(client.written.join('').match(/event: execution/g)).toHaveLength(1);
});
