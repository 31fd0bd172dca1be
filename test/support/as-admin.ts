import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that passes requests on as those of an admin, as one that authenticates would. */
export interface AdminDoor {
  readonly url: string;
  close(): void;
}

/** @param target  address of the service, e.g. `http://127.0.0.1:8989` */
export async function openAdminDoor(target: string): Promise<AdminDoor> {
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, 'x-roles': 'admin' };
    const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, (outcome) => {
      answer.writeHead(outcome.statusCode ?? 502, outcome.headers);
      outcome.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, close: () => server.close() };
}
