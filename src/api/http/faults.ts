import { ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Logger } from '../../config/index.js';
import { MistralError } from '../../core/shared/index.js';
import { databaseFault } from './database-faults.js';
import { HttpProblem } from './http-problem.js';
import type { HttpReply, HttpRequest } from './http-types.js';
import { NOT_FOUND, type RouteTable } from './routes.js';

interface Fault {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const YAML_PATHS = /^\/v2\/(?:workbooks|workflows|actions|code_sources)(?!\/[^/]+\/members)(?:[/?]|$)/;
/** Header values hold one line of printable ASCII; longer texts are in the body only. */
const FITS_HEADER = /^[\x20-\x7e]{1,500}$/;

/** Turns whatever was thrown into a status and one sentence; causes go to the log, never to the client. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const reply = http.getResponse<HttpReply>();
    if (reply.sent) return;
    const fault = this.faultOf(error, request);
    if (fault.status >= 500) this.log.error({ err: error, method: request.method, url: request.url }, 'request failed');
    for (const [name, value] of Object.entries(fault.headers ?? {})) void reply.header(name, value);
    if (FITS_HEADER.test(fault.text)) void reply.header('Server-Error-Message', fault.text);
    void reply.code(fault.status).header('content-type', contentType(request.method, request.url));
    void reply.send(faultBody(request, fault));
  }

  private faultOf(error: unknown, request: HttpRequest): Fault {
    if (error instanceof HttpProblem) return { status: error.status, text: error.message, headers: error.headers };
    if (error instanceof MistralError) return { status: error.status, text: error.message };
    if (error instanceof HttpException) return this.frameworkFault(error, request);
    if (isMissingPage(error, request)) return { status: 404, text: NOT_FOUND };
    return databaseFault(error) ?? { status: 500, text: 'The server failed; its log says why.' };
  }

  private frameworkFault(error: HttpException, request: HttpRequest): Fault {
    const status = error.getStatus();
    if (status !== 404) return { status, text: error.message };
    const path = request.url.split('?', 1)[0] ?? '';
    return this.faultOf(this.routes.problemOf(request.method, path), request);
  }
}

/** What serves the documentation refuses paths that lead out of it, such as `/docs/..%2f`, with an error of its own. */
function isMissingPage(error: unknown, { url }: HttpRequest): boolean {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return url.startsWith('/docs') && status >= 400 && status < 500;
}

/** Content type of an answer: the handlers that take YAML name their character set. */
export function contentType(method: string, url: string): string {
  return takesYaml(method, url) ? 'application/json;charset=utf-8' : 'application/json';
}

function faultBody(request: HttpRequest, { status, text }: Fault): string {
  if (takesYaml(request.method, request.url)) return JSON.stringify({ faultstring: text });
  return JSON.stringify({ faultcode: status < 500 ? 'Client' : 'Server', faultstring: text, debuginfo: null });
}

/** Whether a handler takes its body as text of any kind. */
export function takesYaml(method: string, url: string): boolean {
  return (method === 'POST' || method === 'PUT') && YAML_PATHS.test(url);
}
