import { ForbiddenError } from '../core/shared/index.js';

/** Who asks: a project, or an administrator, who sees those of all projects. */
export interface Viewer {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

/**
 * Whose rows of other projects a project sees: nobody's, public ones, those and the workflows that were shared with it
 * and that it has accepted, or the offers that were made to it.
 */
export type Sharing = 'no' | 'public' | 'public or shared' | 'members';

declare const OWNED: unique symbol;
declare const SEEN: unique symbol;

/** A row that has passed {@link checkOwner}; stores change and delete no others. */
export type Owned<Row> = Row & { readonly [OWNED]: true };

/** Id of a row that its reader was found to see; what hangs on that row is read by no other id. */
export type SeenId = string & { readonly [SEEN]: true };

/**
 * SQL that keeps the rows that a project may see; what it may not see is as if it did not exist.
 * @param row  alias of the table, e.g. `t`
 * @param project  the parameter that holds the project, e.g. `$1`
 */
export function visibleTo(row: string, project: string, sharing: Sharing): string {
  const owned = `${row}.project_id = ${project}`;
  switch (sharing) {
    case 'no':
      return owned;
    case 'public':
      return `(${owned} OR ${row}.scope = 'public')`;
    case 'members':
      return `(${owned} OR ${row}.member_id = ${project})`;
    case 'public or shared':
      return `(${owned} OR ${row}.scope = 'public' OR ${row}.id IN (SELECT m.resource_id FROM resource_members m
        WHERE m.member_id = ${project} AND m.status = 'accepted' AND m.resource_type = 'workflow'))`;
  }
}

/** SQL that keeps the workflows that nobody but their own project has ever been offered. */
export function offeredToNobody(row: string): string {
  return `${row}.scope = 'private' AND NOT EXISTS (SELECT FROM resource_members m
    WHERE m.resource_id = ${row}.id AND m.resource_type = 'workflow')`;
}

/** SQL that orders namesakes: the project's own first, then the oldest. */
export function ownFirst(row: string, project: string): string {
  return `(${row}.project_id = ${project}) DESC, ${row}.created_at, ${row}.id`;
}

/** Whether a row is the viewer's own; for administrators all are. */
export function isOwn(viewer: Viewer, row: { readonly projectId: string }): boolean {
  return viewer.isAdmin || row.projectId === viewer.projectId;
}

/**
 * Seeing is not owning: others may use a public or shared thing, only its owner and administrators may change it.
 * @param model  as clients know it, e.g. `WorkflowDefinition`
 * @returns the same row
 * @throws {ForbiddenError}
 */
export function checkOwner<Row extends { readonly id: string; readonly projectId: string }>(
  viewer: Viewer,
  model: string,
  row: Row,
): Owned<Row> {
  if (isOwn(viewer, row)) return row as Owned<Row>;
  throw new ForbiddenError(`Can not access ${model} resource of other projects, ID: ${row.id}`);
}

/** A row that the service itself changes, in whichever project it is. */
export function ownedByService<Row>(row: Row): Owned<Row> {
  return row as Owned<Row>;
}

/** To be called only where a query with {@link visibleTo} has found the row. */
export function seen(id: string): SeenId {
  return id as SeenId;
}
