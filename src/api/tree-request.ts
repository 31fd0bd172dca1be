import { InputError } from '../core/shared/index.js';
import type { SubExecutionsRequest } from '../store/queries/index.js';
import type { CallerOf, Parameters } from './http/index.js';

/** What both listings of sub-executions take. */
export function treeRequest(parameters: Parameters, viewer: CallerOf): SubExecutionsRequest {
  return {
    viewer,
    errorsOnly: parameters.flag('errors_only'),
    maxDepth: depthOf(parameters),
    includeOutput: parameters.flag('include_output'),
  };
}

/** Levels to show; -1 means all. */
export function depthOf(parameters: Parameters): number {
  const depth = parameters.integer('max_depth', -1);
  if (depth >= -1 && depth < 1_000_000) return depth;
  throw new InputError(`Invalid input for field/attribute max_depth. Value: '${depth}'. Expected -1 or more.`);
}
