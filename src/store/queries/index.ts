export type { Resource } from './columns.js';
export { readFlag, readInteger } from './field-values.js';
export { readParameters, type Viewer } from './list-query.js';
export { byId, byIdBelow, byIdOrName, byName, byNameAlone } from './pages.js';
export { PgReadPool, type TextRow } from './read-pool.js';
export { type PageRequest, Reads } from './reads.js';
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
