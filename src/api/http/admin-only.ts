import { applyDecorators, type CanActivate, type ExecutionContext, UseGuards } from '@nestjs/common';
import { ForbiddenError } from '../../core/shared/index.js';
import { callerOf } from './caller.js';
import { ApiFaults } from './docs.js';
import type { HttpRequest } from './http-types.js';

/** Lets administrators pass. */
class AdminGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (callerOf(context.switchToHttp().getRequest<HttpRequest>()).isAdmin) return true;
    throw new ForbiddenError('Operation forbidden (insufficient permissions)');
  }
}

/** Marks a controller, all of whose handlers are for administrators. */
export function AdminOnly(): ClassDecorator {
  return applyDecorators(UseGuards(new AdminGuard()), ApiFaults(403));
}
