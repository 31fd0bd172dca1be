import { randomUUID } from 'node:crypto';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { withRequestId } from '../../config/index.js';

/** What can stand in a header and a log line without harm. */
const FIT = /^[\x21-\x7e]{1,128}$/;

/** The identifier that a client has sent, or a new one. */
export function requestIdOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && FIT.test(given) ? given : randomUUID();
}

/** Names each request in its answer and in the log lines that are written for it. */
export function nameRequests(adapter: FastifyAdapter): void {
  const server = adapter.getInstance();
  const ends = new WeakMap<object, () => void>();
  server.addHook('onRequest', (request, reply, done) => {
    const requestId = requestIdOf(request.headers);
    void reply.header('x-request-id', requestId);
    withRequestId(requestId, (answered) => {
      ends.set(reply.raw, answered);
      done();
    });
  });
  server.addHook('onResponse', (_request, reply, done) => {
    ends.get(reply.raw)?.();
    done();
  });
}
