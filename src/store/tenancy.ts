import { ForbiddenError } from '../core/shared/index.js';

/** Who asks: a project, or an administrator, who sees those of all projects. */
export interface Viewer {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

/** Whether other projects see a thing: never, when it is public, or also when it was shared with them and accepted. */
export type Sharing = 'no' | 'public' | 'public or shared';

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
    case 'public or shared':
      return `(${owned} OR ${row}.scope = 'public' OR ${row}.id IN (SELECT m.resource_id FROM resource_members m
        WHERE m.member_id = ${project} AND m.status = 'accepted' AND m.resource_type IN ('workflow', 'workbook')))`;
  }
}

/** SQL that orders namesakes: the project's own first, then the oldest. */
export function ownFirst(row: string, project: string): string {
  return `(${row}.project_id = ${project}) DESC, ${row}.created_at, ${row}.id`;
}

/**
 * Seeing is not owning: others may use a public or shared thing, only its owner and administrators may change it.
 * @param model  as clients know it, e.g. `WorkflowDefinition`
 * @throws {ForbiddenError}
 */
export function checkOwner(
  viewer: Viewer,
  model: string,
  row: { readonly id: string; readonly projectId: string },
): void {
  if (viewer.isAdmin || row.projectId === viewer.projectId) return;
  throw new ForbiddenError(`Can not access ${model} resource of other projects, ID: ${row.id}`);
}
