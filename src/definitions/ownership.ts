import { InputError, NotFoundError } from '../core/shared/index.js';
import type { ExpectedTags } from './preconditions.js';
import { checkOwner, type Owned, type Scope, type Viewer } from '../store/index.js';

/** Where a definition belongs, as the client wrote it. */
export interface DefinitionOptions {
  readonly namespace: string;
  /** `private` or `public`. */
  readonly scope: string;
  /** For changes. */
  readonly ifMatch?: ExpectedTags;
}

const SCOPES: readonly Scope[] = ['private', 'public'];
const MAX_NAME = 255;

/** @throws {InputError} for anything but `private` and `public` */
export function readScope(scope: string): Scope {
  const known = SCOPES.find((one) => one === scope);
  if (known !== undefined) return known;
  throw new InputError(`Scope must be one of the following: ${SCOPES.join(', ')}; actual: ${scope}`);
}

/** @throws {InputError} for a name with a space, or one that is too long to store */
export function checkName(name: string): void {
  if (name.includes(' ')) throw new InputError(`Name '${name}' must not contain spaces`);
  checkLength(name);
}

/** @throws {InputError} for a name that is too long to store */
export function checkLength(name: string, max = MAX_NAME): void {
  if (name.length <= max) return;
  throw new InputError(`Name '${name.slice(0, 40)}…' is too long: more than ${max} characters`);
}

/**
 * The row, if the viewer may change it.
 * @param model  name of the kind in error texts: `WorkflowDefinition`
 * @throws {NotFoundError} with the given text when there is no row
 * @throws {ForbiddenError} for a row of another project
 * @throws {InputError} for a row that the service itself installed
 */
export function changeable<
  Row extends { readonly id: string; readonly projectId: string; readonly isSystem?: boolean },
>(row: Row | undefined, viewer: Viewer, model: string, notFound: string): Owned<Row> {
  if (row === undefined) throw new NotFoundError(notFound);
  const owned = checkOwner(viewer, model, row);
  if (row.isSystem === true && !viewer.isAdmin) {
    throw new InputError(`Can not modify a system ${model} resource, ID: ${row.id}`);
  }
  return owned;
}
