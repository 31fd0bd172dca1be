export { bytesOf } from './bytes.js';
export { hasChanges, changesOf, type DecisionRecord } from './changes-of.js';
export type { Changes, Command, JournalEntry, RowChange } from './changes.js';
export { decide, type Decision } from './decide.js';
export type { ResolvedAction } from './action-lookup.js';
export { absorb } from './absorb.js';
export { Draft } from './draft.js';
export type { ActionOutcome, FlowEvent, ParentRef, StartRequest, WorkflowRef } from './events.js';
export { Flow, type FlowReader, type FlowRows } from './flow.js';
export { rehearse } from './rehearsal.js';
export { isExpectedError, rehearsalDifferences, type RehearsalExpectation } from './rehearsal-check.js';
export { parseRehearsal, type RehearsalFile } from './rehearsal-file.js';
export type {
  MockedResult,
  Rehearsal,
  RehearsalOptions,
  RehearsalResult,
  RehearsedCall,
  RehearsedEvent,
  RehearsedTask,
} from './rehearsal-types.js';
export type * from './rows.js';
export type {
  AdhocAction,
  DataKey,
  FlowScope,
  FlowSettings,
  PlainAction,
  TreeBounds,
  Wait,
  WorkflowDefinition,
} from './scope.js';
export {
  endStandalone,
  newStandalone,
  type NewStandalone,
  resolveStandalone,
  type StandaloneCall,
  type StandaloneUpdate,
  updateStandalone,
} from './standalone.js';
export * from './states.js';
export { startFlow } from './start.js';
export { type ActionClaim, explainRows } from './why.js';
export { checkWorkflowInput } from './workflow-input.js';
