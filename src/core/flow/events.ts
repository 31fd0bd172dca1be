import type { Json, JsonObject } from '../shared/index.js';
import type { FinalState } from './states.js';

/** How an action ended: its data, or its error (text or data). */
export interface ActionOutcome {
  readonly state: FinalState;
  /** What `output.result` becomes. */
  readonly result: Json;
  /** The action was ended by its executor since the timeout of its task was over. */
  readonly isTimeout?: true;
}

/** Everything that can happen to an execution after its start; each goes through `engine.handle`. */
export type FlowEvent =
  | { readonly kind: 'action-done'; readonly actionId: string; readonly outcome: ActionOutcome }
  /** PAUSED or RUNNING of an asynchronous action, by PUT. `isClaimed`: an executor has started it; the engine looks it up. */
  | {
      readonly kind: 'action-updated';
      readonly actionId: string;
      readonly state: 'PAUSED' | 'RUNNING';
      readonly isClaimed?: boolean;
    }
  /** An executor ran the action and its result will come from outside. */
  | { readonly kind: 'action-pending'; readonly actionId: string }
  /** The lease of an action ended without a result. */
  | { readonly kind: 'action-lost'; readonly actionId: string }
  | { readonly kind: 'timer'; readonly timerId: string }
  /** `fromParent`: the parent knows already. */
  | { readonly kind: 'pause'; readonly fromParent?: true }
  | { readonly kind: 'resume'; readonly env?: JsonObject; readonly fromParent?: true }
  | { readonly kind: 'stop'; readonly state: FinalState; readonly message: string | null }
  | { readonly kind: 'rerun'; readonly taskId: string; readonly reset: boolean; readonly env?: JsonObject }
  | { readonly kind: 'skip'; readonly taskId: string; readonly env?: JsonObject }
  | { readonly kind: 'update'; readonly description?: string | null; readonly env?: JsonObject }
  /** From a child to its parent. */
  | {
      readonly kind: 'child-done';
      readonly childId: string;
      readonly state: FinalState;
      readonly stateInfo: string | null;
      readonly output: Json;
    }
  /** To the execution itself: its sub-workflows that were created after an instant have not heard yet of its stop, pause or resume. */
  | { readonly kind: 'tell-children'; readonly event: ChildEvent; readonly after: number }
  /** Somebody has deleted a sub-workflow execution of this one. */
  | { readonly kind: 'child-deleted'; readonly childId: string }
  | { readonly kind: 'child-paused'; readonly childId: string }
  | { readonly kind: 'child-resumed'; readonly childId: string }
  /** A task below a child runs again, so the child does, so this execution does. */
  | { readonly kind: 'child-rerun'; readonly childId: string }
  /** Pure actions were left over when the budget of the last transaction ended. */
  | { readonly kind: 'continue' }
  /** Look for whatever has no wake-up and give it one. */
  | { readonly kind: 'sweep' };

/** What an execution passes on to those below it. */
export type ChildEvent = Extract<FlowEvent, { readonly kind: 'stop' | 'pause' | 'resume' }>;

/** Creates an execution; sent by the API, a trigger, or a parent's task. */
export interface StartRequest {
  readonly id: string;
  readonly projectId: string;
  readonly workflow: WorkflowRef;
  readonly input: JsonObject;
  readonly params: JsonObject;
  readonly description: string | null;
  readonly parent?: ParentRef;
}

export interface ParentRef {
  readonly executionId: string;
  readonly taskExecutionId: string;
  readonly rootExecutionId: string;
  /** Of the sub-workflow execution; absent where an older version of the service wrote it. */
  readonly depth?: number;
  readonly index: number;
  readonly run: number;
}

/** A definition as found by name: what an execution stores of it. */
export interface WorkflowRef {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** `book` for member `book.wf` of a workbook. */
  readonly workbookName: string | null;
  readonly specId: string;
}
