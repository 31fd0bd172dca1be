export { CODE_SOURCES, DYNAMIC_ACTIONS, DYNAMIC_ACTIONS_AS_ACTIONS } from './code-resources.js';
export type { Resource } from './columns.js';
export { checkUuid, isUuid, readFlag, readInteger } from './field-values.js';
export type { SeenId, Viewer } from '../tenancy.js';
export { type QueryParameters, readParameters } from './list-query.js';
export type { FoundExecution } from './matching.js';
export { byId, byIdBelow, byIdOrName, byIdOrNameAlone, byMember, byName, byNameAlone } from './pages.js';
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
export { CRON_TRIGGERS, EVENT_TRIGGERS, MEMBERS } from './trigger-resources.js';
export type { StateChange } from './state-changes.js';
export type { SubExecutionsRequest } from './sub-executions.js';
export type { Tagged } from './tagged.js';
export type { TaskBefore } from './task-before.js';
