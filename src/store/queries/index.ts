export { type Column, column, type Resource } from './columns.js';
export { checkUuid, invalid, isUuid, readFlag, readInteger, readItems } from './field-values.js';
export { type QueryParameters, readParameters, type Viewer } from './list-query.js';
export { byId, byIdBelow, byIdOrName, byName, byNameAlone, type Match } from './pages.js';
export { PgReadPool, type ReadPool, type TextRow } from './read-pool.js';
export { type PageRequest, Reads } from './reads.js';
export type { ReportRequest } from './report.js';
export {
  ACTION_EXECUTIONS,
  ACTIONS,
  ENVIRONMENTS,
  EXECUTIONS,
  TASK_WORKFLOW_EXECUTIONS,
  TASKS,
  withJsonShown,
  WORKBOOKS,
  WORKFLOWS,
} from './resources.js';
export type { SubExecutionsRequest } from './sub-executions.js';
export type { TaskBefore } from './task-before.js';
