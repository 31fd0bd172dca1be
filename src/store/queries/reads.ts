import type { SeenId, Viewer } from '../tenancy.js';
import type { Resource } from './columns.js';
import { hasStartedTasksSince, readExecution, readPausedAt, readWrittenExecution } from './executions.js';
import { columnsNamed, type QueryParameters } from './list-query.js';
import { type Matching, readMatching } from './matching.js';
import {
  byId,
  checkExists,
  type ListRequest,
  type Match,
  readAll,
  readAllRows,
  readList,
  readOne,
  readSeen,
} from './pages.js';
import { readHistory } from './history.js';
import { readMergedList } from './merged-list.js';
import type { ReadPool, TextRow } from './read-pool.js';
import { rowJson } from './row-json.js';
import { readReport, type ReportRequest } from './report.js';
import { type ChangesCursor, readStateChanges, readVersions, type StateChanges } from './state-changes.js';
import { readExecutionTree, readTaskTree, type SubExecutionsRequest } from './sub-executions.js';
import { readTaskBefore, type TaskBefore } from './task-before.js';
import { readTagged, type Tagged } from './tagged.js';
import { readTask } from './tasks.js';
import { readTasksToRerun } from './tasks-to-rerun.js';
import { readWhy } from './why.js';
import { readWorkflowVersion, readWorkflowVersions } from './workflow-versions.js';

/** A page as the API asks for it. */
export type PageRequest = Omit<ListRequest, keyof PageLimits>;

/** How large a page may be, in rows and in bytes of its long texts. */
export type PageLimits = Pick<ListRequest, 'maxLimit' | 'maxPageBytes'>;

/** All reads of the API; each answers JSON text, ready to send. */
export class Reads {
  constructor(
    private readonly pool: ReadPool,
    private readonly limits: PageLimits,
  ) {}

  /** Rejects while the database can't be reached. */
  async ping(): Promise<void> {
    await this.pool.rows('SELECT 1', []);
  }

  /** `{"executions":[…],"next":"http://…"}` */
  list(resource: Resource, page: PageRequest): Promise<string> {
    return readList(this.pool, resource, { ...page, ...this.limits });
  }

  /** The first executions that filters match, in the order of the list, and how many there are in all. */
  matching(viewer: Viewer, filters: QueryParameters, limit: number): Promise<Matching> {
    return readMatching(this.pool, viewer, filters, limit);
  }

  /** Stored rows and rows from elsewhere as one list; those have a cell for each column of the resource. */
  listWith(resource: Resource, page: PageRequest, extra: readonly TextRow[]): Promise<string> {
    return readMergedList(this.pool, resource, page, extra);
  }

  /** All rows that the viewer sees, as cells, for {@link listWith}. */
  rows(resource: Resource, viewer: Viewer): Promise<readonly TextRow[]> {
    return readAllRows(this.pool, resource, viewer);
  }

  /** JSON of a row from elsewhere. */
  shown(resource: Resource, row: TextRow): string {
    return rowJson(resource.columns, row);
  }

  /**
   * @param fields  comma-separated names; nothing means all, unknown ones are dropped
   * @param notFound  text of the error when nothing matches
   */
  one(resource: Resource, viewer: Viewer, match: Match, notFound: string, fields?: string): Promise<string> {
    return readOne(this.pool, resource, viewer, columnsNamed(resource, fields), match, notFound);
  }

  /** Like {@link one}, of a resource whose rows count their changes. */
  tagged(resource: Resource, viewer: Viewer, match: Match, notFound: string, fields?: string): Promise<Tagged> {
    return readTagged(this.pool, resource, viewer, match, notFound, fields);
  }

  /** All rows that match, without paging: `{"members":[…]}`. */
  all(resource: Resource, viewer: Viewer, match: Match): Promise<string> {
    return readAll(this.pool, resource, viewer, match);
  }

  /** Rows just written, by their ids and in that order: JSON objects. */
  written(resource: Resource, viewer: Viewer, ids: readonly string[]): Promise<readonly string[]> {
    const read = (id: string): Promise<string> => this.one(resource, viewer, byId(id), resource.notFound(id));
    return Promise.all(ids.map(read));
  }

  execution(viewer: Viewer, id: string, fields?: string): Promise<string> {
    return readExecution(this.pool, viewer, id, fields);
  }

  /** As POST and PUT answer it. */
  writtenExecution(viewer: Viewer, id: string): Promise<string> {
    return readWrittenExecution(this.pool, viewer, id);
  }

  /** When a PAUSED execution was last changed; undefined in any other state. */
  pausedAt(id: SeenId): Promise<string | undefined> {
    return readPausedAt(this.pool, id);
  }

  hasStartedTasksSince(id: SeenId, instant: string): Promise<boolean> {
    return hasStartedTasksSince(this.pool, id, instant);
  }

  task(viewer: Viewer, id: string, fields?: string): Promise<string> {
    return readTask(this.pool, viewer, id, fields);
  }

  taskBefore(viewer: Viewer, id: string): Promise<TaskBefore> {
    return readTaskBefore(this.pool, viewer, id);
  }

  /** Tasks with which an execution in ERROR goes on. */
  tasksToRerun(id: SeenId): Promise<readonly string[]> {
    return readTasksToRerun(this.pool, id);
  }

  /** The id again, for what hangs on the row. @throws {NotFoundError} unless the row exists and is visible */
  seen(resource: Resource, viewer: Viewer, id: string): Promise<SeenId> {
    return readSeen(this.pool, resource, viewer, id);
  }

  /** Like {@link seen}; an id that is no UUID is the caller's mistake. */
  checkExists(resource: Resource, viewer: Viewer, id: string): Promise<SeenId> {
    return checkExists(this.pool, resource, viewer, id);
  }

  report(id: string, request: ReportRequest): Promise<string> {
    return readReport(this.pool, id, request);
  }

  /** What each unfinished task of an execution waits for. */
  why(viewer: Viewer, id: string): Promise<string> {
    return readWhy(this.pool, viewer, id);
  }

  /** What an execution was told: `{"history":[{"version":1,"at":"…","events":[…]}],"next":"…"}` */
  history(id: string, page: PageRequest): Promise<string> {
    return readHistory(this.pool, id, { ...page, ...this.limits });
  }

  /** Texts that a workflow has had: `{"versions":[{"version":2,"definition":"…",…}],"next":"…"}` */
  workflowVersions(identifier: string, page: PageRequest): Promise<string> {
    return readWorkflowVersions(this.pool, identifier, { ...page, ...this.limits });
  }

  /** @param version  a whole number, as the client wrote it */
  workflowVersion(viewer: Viewer, identifier: string, namespace: string, version: string): Promise<string> {
    return readWorkflowVersion(this.pool, viewer, identifier, namespace, version);
  }

  /** What has changed of an execution and its tasks, some at a time. */
  stateChanges(id: SeenId, after: ChangesCursor): Promise<StateChanges> {
    return readStateChanges(this.pool, id, after);
  }

  /** By id; executions that are gone have none. */
  versions(ids: readonly SeenId[]): Promise<ReadonlyMap<string, number>> {
    return readVersions(this.pool, ids);
  }

  executionTree(id: string, request: SubExecutionsRequest): Promise<string> {
    return readExecutionTree(this.pool, id, request);
  }

  taskTree(taskId: string, request: SubExecutionsRequest): Promise<string> {
    return readTaskTree(this.pool, taskId, request);
  }
}
