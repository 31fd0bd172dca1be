export type { HeldPlaces, Shares } from './shares.js';
export { type ClaimedAction, ClaimStore, type HeldClaim, type LostAction, type Unwanted } from './claim.store.js';
export { type ConnectionOptions, dataSourceOptions, openDataSource } from './data-source.js';
export { DatabaseClock } from './database-clock.js';
export { Database, type DatabaseOptions } from './database.js';
export { ReadConnections } from './read-connections.js';
export { DeletionStore } from './deletion.store.js';
export { duplicateOf, ExecutionExistsError, referenceOf, ServiceUnavailableError } from './errors.js';
export { ExpirationStore } from './expiration.store.js';
export { ExecutionStore, type LoadedRows, type Locked, type Told } from './execution.store.js';
export { type Notification, OutboxStore, type Target } from './outbox.store.js';
export type { ChangesToSave } from './save-batch.js';
export { JsonText } from './json-text.js';
export { type LockedAction, StandaloneStore } from './standalone.store.js';
export { SESSION_LOCK, SuspectStore } from './suspect.store.js';
export { type DueTimer, TimerStore } from './timer.store.js';
export type { Queryable, Statement, Tx } from './tx.js';
export {
  type ExecutionHead,
  type FoundAction,
  type FoundWorkflow,
  LookupStore,
  type SourceExecution,
} from './lookup.store.js';
export { DataStore, type Found } from './data.store.js';
export { lockDefinitions } from './definitions-lock.js';
export { tagOf } from './tags.js';
export { type ActionDefinitionRow, ActionDefinitionStore } from './action-definition.store.js';
export { type CodeSourceRow, CodeSourceStore } from './code-source.store.js';
export { type CronTriggerRow, CronTriggerStore } from './cron-trigger.store.js';
export type { FindOptions, NamedRow, OwnedRow, ProjectRow, Scope } from './definition-table.js';
export { type DynamicActionCode, type DynamicActionRow, DynamicActionStore } from './dynamic-action.store.js';
export { type EnvironmentRow, EnvironmentStore } from './environment.store.js';
export { type EventTriggerRow, EventTriggerStore } from './event-trigger.store.js';
export { type MaintenanceState, MaintenanceStore } from './maintenance.store.js';
export { MEMBER_STATUSES, type MemberStatus, ResourceMemberStore } from './resource-member.store.js';
export { StoreModule } from './store.module.js';
export { checkOwner, isOwn, type Owned, type SeenId, type Sharing, type Viewer } from './tenancy.js';
export { type Waiting, WaitingStore } from './waiting.store.js';
export { type RowWithoutWakeup, WakeupStore } from './wakeup.store.js';
export { type WorkbookRow, WorkbookStore } from './workbook.store.js';
export {
  type TriggerOfWorkflow,
  type WorkflowDefinitionRow,
  WorkflowDefinitionStore,
} from './workflow-definition.store.js';
export { WorkflowVersionStore } from './workflow-version.store.js';
