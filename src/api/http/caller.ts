import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller as CallerOf, HttpRequest } from './http-types.js';

/** Owner of everything while nobody has to log in. */
const DEFAULT_PROJECT = '<default-project>';
const MEMBER: CallerOf = { projectId: DEFAULT_PROJECT, isAdmin: false };
/** While nobody has to log in, a client that whoever runs the service lets name its roles. */
export const ADMIN: CallerOf = { projectId: DEFAULT_PROJECT, isAdmin: true };

/** Who asks. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): CallerOf => {
  return callerOf(context.switchToHttp().getRequest<HttpRequest>());
});

/** Without authentication everything belongs to one project. */
export function callerOf(request: HttpRequest): CallerOf {
  return request.caller ?? MEMBER;
}

/** Address before the path, as the client wrote it. */
export const AppUrl = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  return appUrlOf(context.switchToHttp().getRequest<HttpRequest>());
});

/** e.g. `http://127.0.0.1:8989` */
export function appUrlOf(request: HttpRequest): string {
  const host = request.headers.host;
  return `${request.protocol}://${typeof host === 'string' ? host : 'localhost'}`;
}
