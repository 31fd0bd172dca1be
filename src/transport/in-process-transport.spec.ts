import { expect, it } from '@jest/globals';
import { InProcessTransport } from './in-process-transport.js';

it('gives everything to the receiver of this process, whether it has room or not', () => {
  const taken: string[] = [];
  const transport = new InProcessTransport();
  transport.send('runs', ['before']);
  transport.receive('runs', { take: (ids) => void taken.push(...ids), offer: (ids) => ids, hasRoom: () => false });

  transport.send('runs', ['a', 'b']);
  transport.send('pokes', ['execution']);

  expect(taken).toEqual(['a', 'b']);
});
