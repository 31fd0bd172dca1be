import { ownFirst, type Sharing, type Viewer, visibleTo } from '../tenancy.js';
import { Conditions } from './conditions.js';

const SQL = Symbol('what FROM takes');

/** A table with the alias `t`. Only {@link VisibleRows} can read it, so that no query of a resource forgets who asks. */
export interface Table {
  readonly [SQL]: string;
}

/** @param sql  what `FROM` takes, e.g. `workflow_executions t` */
export function table(sql: string): Table {
  return { [SQL]: sql };
}

interface Guarded {
  readonly from: Table;
  readonly shared: Sharing;
  readonly isOpenToAdmins: boolean;
  readonly present?: string;
}

/** The rows of a resource that a viewer may see, to be narrowed down by more conditions. */
export class VisibleRows {
  readonly where = new Conditions();

  constructor(
    private readonly resource: Guarded,
    private readonly viewer: Viewer,
  ) {
    if (resource.present !== undefined) this.where.add(resource.present);
    if (viewer.isAdmin && resource.isOpenToAdmins) return;
    this.where.add(visibleTo('t', this.where.value(viewer.projectId), resource.shared));
  }

  /**
   * @param list  what is selected, e.g. `t.id, t.name`
   * @param rest  what follows the conditions, e.g. ` ORDER BY t.id LIMIT 1`
   */
  select(list: string, rest = ''): string {
    return `SELECT ${list} FROM ${this.resource.from[SQL]}${this.where.sql}${rest}`;
  }

  /** ` ORDER BY …`: the viewer's own rows first, then the oldest. */
  ownFirst(): string {
    return ` ORDER BY ${ownFirst('t', this.where.value(this.viewer.projectId))}`;
  }

  get values(): readonly unknown[] {
    return this.where.values;
  }
}
