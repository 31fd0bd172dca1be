import type { Resource } from './columns.js';
import type { Conditions } from './conditions.js';
import type { Viewer } from './list-query.js';

/** Keeps the rows that the viewer may see; what they may not see is as if it did not exist. */
export function addVisible(resource: Resource, viewer: Viewer, where: Conditions): void {
  if (viewer.isAdmin && resource.isOpenToAdmins) return;
  const project = where.value(viewer.projectId);
  const owned = `t.project_id = ${project}`;
  switch (resource.shared) {
    case 'no':
      where.add(owned);
      return;
    case 'public':
      where.add(`(${owned} OR t.scope = 'public')`);
      return;
    case 'members':
      where.add(`(${owned} OR t.member_id = ${project})`);
      return;
    case 'public or shared':
      where.add(
        `(${owned} OR t.scope = 'public' OR t.id IN (SELECT m.resource_id FROM resource_members m ` +
          `WHERE m.member_id = ${project} AND m.status = 'accepted' AND m.resource_type = 'workflow'))`,
      );
  }
}
