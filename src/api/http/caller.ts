import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller as CallerOf, HttpRequest } from './http-types.js';

/** Owner of everything while nobody has to log in. */
const DEFAULT_PROJECT = '<default-project>';

/** Who asks. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): CallerOf => {
  return callerOf(context.switchToHttp().getRequest<HttpRequest>());
});

/** Without authentication everything belongs to one project, and the roles are those the client names. */
export function callerOf(request: HttpRequest): CallerOf {
  if (request.caller !== undefined) return request.caller;
  const roles = request.headers['x-roles'];
  const isAdmin = typeof roles === 'string' && roles.split(',').some((role) => role.trim() === 'admin');
  return { projectId: DEFAULT_PROJECT, isAdmin };
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
