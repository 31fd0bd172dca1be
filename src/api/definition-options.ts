import { ForbiddenError } from '../core/shared/index.js';
import type { DefinitionOptions } from '../definitions/index.js';
import type { CallerOf, Parameters } from './http/index.js';

/**
 * Namespace and scope of an upload; the scope is private unless given.
 * @throws {ForbiddenError} for scope public from anyone but an admin
 */
export function definitionOptions(parameters: Parameters, caller: CallerOf, namespace?: string): DefinitionOptions {
  const scope = parameters.text('scope') ?? 'private';
  if (scope === 'public') checkMayPublish(caller);
  return { namespace: parameters.text('namespace') ?? namespace ?? '', scope };
}

/** @throws {ForbiddenError} unless the caller is an admin */
export function checkMayPublish(caller: CallerOf): void {
  if (!caller.isAdmin) throw new ForbiddenError('Operation forbidden (insufficient permissions)');
}
