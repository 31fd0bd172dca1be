import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type PageRequest, readFlag, readInteger, readParameters } from '../../store/queries/index.js';
import { appUrlOf, callerOf } from './caller.js';
import type { HttpReply, HttpRequest } from './http-types.js';

/** Query parameters of a handler that knows which there are. */
export class Parameters {
  constructor(private readonly given: ReadonlyMap<string, string>) {}

  text(name: string): string | undefined {
    return this.given.get(name);
  }

  /** False when absent or empty. */
  flag(name: string): boolean {
    return readFlag(name, this.given.get(name) ?? '');
  }

  integer(name: string, fallback: number): number {
    const text = this.given.get(name);
    return text === undefined ? fallback : readInteger(name, text);
  }
}

/** The query string of a list, with who asks and where. */
export const Page = createParamDecorator((_data: unknown, context: ExecutionContext): PageRequest => {
  const request = context.switchToHttp().getRequest<HttpRequest>();
  const { count, ...parameters } = request.query;
  const page = { parameters, viewer: callerOf(request), appUrl: appUrlOf(request) };
  if (!asksForCount(request, count)) return page;
  const reply = context.switchToHttp().getResponse<HttpReply>();
  return { ...page, onTotal: (total) => void reply.header('x-total-count', String(total)) };
});

/** By `?count=true` or `Prefer: count=exact`. */
function asksForCount({ headers }: HttpRequest, count: HttpRequest['query'][string]): boolean {
  const last = typeof count === 'object' ? count.at(-1) : count;
  if (last !== undefined) return readFlag('count', last);
  const { prefer } = headers;
  return typeof prefer === 'string' && /(?:^|[\s,;])count=exact(?:$|[\s,;])/i.test(prefer);
}

/** The named query parameters; any other is refused. */
export function Query(...names: readonly string[]): ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext): Parameters => {
    return new Parameters(readParameters(context.switchToHttp().getRequest<HttpRequest>().query, names));
  })();
}

/** The named query parameters of a handler that takes YAML; others are ignored, as clients expect. */
export function LenientQuery(...names: readonly string[]): ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext): Parameters => {
    const { query } = context.switchToHttp().getRequest<HttpRequest>();
    const known = Object.entries(query).filter(([name]) => names.includes(name));
    return new Parameters(readParameters(Object.fromEntries(known), names));
  })();
}
