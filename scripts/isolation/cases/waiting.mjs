import { Unexpected } from '../arena.mjs';
import { bareConnection } from '../client.mjs';
import { oneTask } from './yaml.mjs';

const WAITING = oneTask('never_done', 'action: std.async_noop');
const NOISY = `version: '2.0'
noisy:
  tasks:
    start: {action: std.noop, on-success: again}
    again: {action: std.noop, publish: {x: "<% 'x' * 5000 %>"}, on-success: again}
`;

function post(path, body) {
  const text = JSON.stringify(body);
  return `POST /v2${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
}

const waiters = (name, what, isGone) => ({
  name,
  what,
  attack: async (arena) => {
    await arena.define(WAITING);
    const request = post('/executions?wait=30', { workflow_name: 'never_done' });
    const connections = [];
    for (let batch = 0; batch < 15; batch++) {
      const some = Array.from({ length: 100 }, () => bareConnection(arena.port, request));
      connections.push(...some);
      await arena.pause(0.3);
      if (isGone) for (const { socket } of some) socket.destroy();
    }
    arena.mark('waiting');
    await arena.pause(10);
    const answers = [...new Set(connections.map(({ received }) => received.split('\r\n')[0]))];
    for (const { socket } of connections) socket.destroy();
    return `${connections.length} asked: ${answers.join(' | ')}`;
  },
});

async function noisyFor(arena, seconds, meanwhile) {
  await arena.define(NOISY);
  const id = await arena.start('noisy');
  const end = await meanwhile(id);
  await arena.pause(seconds);
  await arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' });
  return end();
}

export const WAITING_CASES = [
  waiters('wait-1500-gone', '1,500 × ?wait=30 whose clients have gone', true),
  waiters('wait-1500', '1,500 × ?wait=30 whose clients stay', false),
  {
    name: 'streams-100-unread',
    what: '100 event streams of a busy execution that nobody reads',
    seconds: 40,
    attack: (arena) =>
      noisyFor(arena, 15, (id) => {
        const request = `GET /v2/executions/${id}/events HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n`;
        const connections = Array.from({ length: 100 }, () => bareConnection(arena.port, request));
        for (const { socket } of connections) socket.pause();
        return () => {
          for (const { socket } of connections) socket.destroy();
          return `${connections.length} streams`;
        };
      }),
  },
  {
    name: 'streams-190-read',
    what: '190 event streams of a busy execution, all read',
    seconds: 40,
    attack: (arena) =>
      noisyFor(arena, 15, (id) => {
        const request = `GET /v2/executions/${id}/events HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n`;
        const connections = Array.from({ length: 190 }, () => bareConnection(arena.port, request));
        return () => {
          const silent = connections.filter(({ received }) => received.length < 200).length;
          for (const { socket } of connections) socket.destroy();
          if (silent > 0) throw new Unexpected(`${silent} streams have said nothing`);
          return `${connections.length} streams`;
        };
      }),
  },
  {
    name: 'connections-3000',
    what: '3,000 connections that say nothing',
    attack: async (arena) => {
      const connections = [];
      for (let batch = 0; batch < 30; batch++) {
        connections.push(...Array.from({ length: 100 }, () => bareConnection(arena.port, '')));
        await arena.pause(0.1);
      }
      await arena.pause(10);
      const open = connections.filter(({ isClosed }) => !isClosed).length;
      for (const { socket } of connections) socket.destroy();
      return `${open} of ${connections.length} are open`;
    },
  },
  {
    name: 'pipelined-2000',
    what: '20 connections with 2,000 requests each, sent at once and never read',
    attack: async (arena) => {
      const requests = 'GET /v2/executions?limit=1000 HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(2000);
      const connections = Array.from({ length: 20 }, () => bareConnection(arena.port, requests));
      for (const { socket } of connections) socket.pause();
      await arena.pause(15);
      for (const { socket } of connections) socket.destroy();
      return `${connections.length} connections`;
    },
  },
];
