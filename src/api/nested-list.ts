import { InputError } from '../core/shared/index.js';
import type { PageRequest } from '../store/queries/index.js';

/**
 * A list of what hangs on one row: the page with the parent as a filter, which links to the next page carry on.
 * @throws {InputError} when the client names the parent again
 */
export function below(page: PageRequest, parent: string, id: string): PageRequest {
  if (parent in page.parameters) throw new InputError(`Unknown argument: "${parent}"`);
  return { ...page, parameters: { ...page.parameters, [parent]: `eq:${id}` } };
}
