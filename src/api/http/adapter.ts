import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Config } from '../../config/index.js';
import { contentType } from './faults.js';
import { guardRequests } from './gate.js';
import { HttpProblem } from './http-problem.js';
import type { HttpReply, HttpRequest } from './http-types.js';
import { nameRequests, requestIdOf } from './request-ids.js';
import { RouteTable } from './routes.js';

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const XML = /^(?:text\/xml|application\/xml|[^;]*\+xml)\s*(?:;|$)/i;
const MAX_SEGMENT = 2048;
const BAD_PATH = JSON.stringify({
  faultcode: 'Client',
  faultstring: 'The path of the request is not valid.',
  debuginfo: null,
});

type Target = Pick<HttpRequest, 'method' | 'url' | 'headers'>;

/** The HTTP server with the transport rules of the API: bodies as text, no XML, JSON answers only. */
export function createHttpAdapter(routes: RouteTable, config: Config): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    skipMiddie: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_SEGMENT },
    frameworkErrors: (...[, request, reply]: readonly unknown[]) =>
      answerBadPath(request as Target, reply as HttpReply),
  });
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.addHook('onRoute', (route) => routes.add(route.method, route.url));
  nameRequests(adapter);
  guardRequests(adapter, config);
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith('/docs')) void reply.header('content-type', contentType(request.method, request.url));
    if (request.method === 'OPTIONS') {
      void reply
        .code(200)
        .header('allow', routes.methodsOf(request.url.split('?', 1)[0] ?? '').join(', '))
        .send('');
      return;
    }
    done(refusal(request.headers['content-type'], request.headers.accept, request.url));
  });
  return adapter;
}

function answerBadPath(request: Target, reply: HttpReply): void {
  void reply.code(400).header('content-type', contentType(request.method, request.url));
  void reply.header('x-request-id', requestIdOf(request.headers));
  void reply.send(BAD_PATH);
}

function refusal(type: string | undefined, accept: string | undefined, url: string): HttpProblem | undefined {
  if (type !== undefined && XML.test(type)) return new HttpProblem(415, 'XML request bodies are not supported.');
  if (!url.startsWith('/v2') || accepts(accept) || streams(accept, url)) return undefined;
  return new HttpProblem(406, 'Answers are application/json only.');
}

function streams(accept: string | undefined, url: string): boolean {
  return accept?.includes('text/event-stream') === true && /\/events(?:\?|$)/.test(url);
}

function accepts(accept: string | undefined): boolean {
  return accept === undefined || accept.trim() === '' || /\*\/\*|application\/\*|json/i.test(accept);
}
