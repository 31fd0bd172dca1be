import type { Readable } from 'node:stream';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Config } from '../../config/index.js';
import { mimetypeProblem } from './bodies.js';
import { bodyLimitOf, type BodyLimit, type BodySettings } from './body-limits.js';
import { BodyReader, tooLarge } from './body-reader.js';
import { contentType, takesYaml } from './faults.js';
import { guardRequests } from './gate.js';
import { HttpProblem } from './http-problem.js';
import type { HttpReply, HttpRequest } from './http-types.js';
import { nameRequests, requestIdOf } from './request-ids.js';
import { RouteTable } from './routes.js';

/** Bytes of bodies that are being received, of all requests together, unless one body may be larger. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** For the lines of headers, and between two requests of one connection. */
const HEADERS_MS = 15_000;
const KEEP_ALIVE_MS = 72_000;
/** Without a byte of a body. */
const IDLE_MS = 10_000;
/** How often connections are looked at whose request has not come completely. */
const CHECK_MS = 5_000;
const XML = /^(?:text\/xml|application\/xml|[^;]*\+xml)\s*(?:;|$)/i;
const MAX_SEGMENT = 2048;
const BAD_PATH = JSON.stringify({
  faultcode: 'Client',
  faultstring: 'The path of the request is not valid.',
  debuginfo: null,
});

interface Routed {
  readonly routeOptions: { readonly url?: string };
}
type Target = Pick<HttpRequest, 'method' | 'url' | 'headers'>;

/** The HTTP server with the transport rules of the API: bodies as text, no XML, JSON answers only. */
export function createHttpAdapter(routes: RouteTable, config: Config): FastifyAdapter {
  const adapter = new FastifyAdapter({
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS },
    requestTimeout: config.requestTimeoutSeconds * 1000 + CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    skipMiddie: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_SEGMENT },
    frameworkErrors: (...[, request, reply]: readonly unknown[]) =>
      answerBadPath(request as Target, reply as HttpReply),
  });
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  server.server.maxConnections = config.maxConnections;
  readBodies(adapter, config);
  server.addHook('onRoute', (route) => routes.add(route.method, route.url));
  nameRequests(adapter);
  guardRequests(adapter, config);
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith('/docs')) void reply.header('content-type', contentType(request.method, request.url));
    if (request.method === 'OPTIONS') {
      void reply
        .code(200)
        .header('allow', routes.methodsOf(pathOf(request.url)).join(', '))
        .send('');
      return;
    }
    const problem = request.is404
      ? routes.problemOf(request.method, pathOf(request.url))
      : (refusal(request.headers['content-type'], request.headers.accept, request.url) ??
        bodyProblem(request, bodyLimitOf(request.routeOptions.url ?? '', config)));
    // What the client still sends is not read.
    if (problem !== undefined && hasBody(request)) void reply.header('connection', 'close');
    done(problem);
  });
  return adapter;
}

function readBodies(adapter: FastifyAdapter, settings: BodySettings): void {
  const largest = ['/v2/workflows', '/v2/executions', '/'].map((route) => bodyLimitOf(route, settings).kb * 1024);
  const totalMs = settings.requestTimeoutSeconds * 1000;
  const keptBytes = Math.max(KEPT_BYTES, ...largest.map((bytes) => bytes * 2));
  const reader = new BodyReader({ totalMs, idleMs: Math.min(IDLE_MS, totalMs), keptBytes });
  adapter
    .getInstance()
    .addContentTypeParser('*', (request: Routed, payload: Readable) =>
      reader.read(payload, bodyLimitOf(request.routeOptions.url ?? '', settings)),
    );
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

function hasBody({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** What can be told before a body is read: that it is too large, or no JSON where nothing else is read. */
function bodyProblem(request: Target, limit: BodyLimit): HttpProblem | undefined {
  if (!hasBody(request)) return undefined;
  if (Number(request.headers['content-length']) > limit.kb * 1024) return tooLarge(limit);
  const isJson = (request.method === 'POST' || request.method === 'PUT') && !takesYaml(request.method, request.url);
  return isJson && request.url.startsWith('/v2') ? mimetypeProblem(request.headers) : undefined;
}

function answerBadPath(request: Target, reply: HttpReply): void {
  void reply.code(400).header('content-type', contentType(request.method, request.url));
  void reply.header('x-request-id', requestIdOf(request.headers)).header('x-content-type-options', 'nosniff');
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
