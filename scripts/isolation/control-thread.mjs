/** A server that does nothing, in a thread of its own: how long its answers take is what the machine itself adds. */
import { createServer } from 'node:http';
import { parentPort } from 'node:worker_threads';

const server = createServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1', () => {
  parentPort.postMessage(server.address().port);
});
