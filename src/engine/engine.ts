import type { Json, JsonObject } from '../core/shared/index.js';

/** Who asks; every write is made in this project. */
export interface Principal {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

/** Body of POST /v2/executions, after the types of its fields have been checked. */
export interface StartExecution {
  readonly id?: string;
  /** Name or id of a workflow; `workflowId` wins. */
  readonly workflowId?: string;
  readonly workflowName?: string;
  readonly workflowNamespace?: string;
  /** Number of an earlier version of it; by default the present one runs. */
  readonly workflowVersion?: number;
  readonly input?: JsonObject;
  readonly params?: JsonObject;
  readonly description?: string | null;
  readonly sourceExecutionId?: string;
}

export interface StartedExecution {
  readonly id: string;
  /** False when the id was taken and nothing was started. */
  readonly isNew: boolean;
}

/** Body of PUT /v2/executions/{id}; what is absent stays. */
export interface ExecutionPatch {
  readonly state?: string;
  readonly stateInfo?: string | null;
  readonly description?: string | null;
  readonly env?: JsonObject;
}

/** Body of POST /v2/action_executions. */
export interface StartAction {
  readonly name: string;
  readonly namespace: string;
  readonly input: JsonObject;
  readonly description: string | null;
  readonly runSync: boolean;
  readonly saveResult: boolean;
  readonly target: string | null;
  readonly timeoutSeconds: number | null;
}

/** What POST /v2/action_executions answers: the id of a stored row, or the outcome of a run that is not stored. */
export type StartedAction =
  | { readonly kind: 'stored'; readonly id: string }
  | {
      readonly kind: 'transient';
      readonly name: string;
      readonly input: JsonObject;
      readonly state: 'SUCCESS' | 'ERROR';
      readonly output: JsonObject;
    };

/**
 * The one door for everything that changes an execution. Methods resolve after the commit; they reject with a
 * MistralError (status and one sentence) and then nothing has been written.
 */
export abstract class Engine {
  /** An execution with the same id that exists already is left as it is. */
  abstract start(request: StartExecution, caller: Principal): Promise<StartedExecution>;
  abstract updateExecution(id: string, patch: ExecutionPatch, caller: Principal): Promise<void>;
  /** Runs an ERROR task again; with `reset` false only the failed items of a with-items task. */
  abstract rerunTask(taskId: string, reset: boolean, env: JsonObject | undefined, caller: Principal): Promise<void>;
  abstract skipTask(taskId: string, env: JsonObject | undefined, caller: Principal): Promise<void>;
  /** SUCCESS, ERROR, CANCELLED, PAUSED or RUNNING, reported from outside; `result` is what `output.result` becomes. */
  abstract updateAction(id: string, state: string, result: Json | undefined, caller: Principal): Promise<void>;
  abstract startAction(request: StartAction, caller: Principal): Promise<StartedAction>;
  /** Deletes a finished action execution that was run on its own. */
  abstract deleteAction(id: string, caller: Principal): Promise<void>;
  /** Deletes an execution with everything below it. */
  abstract deleteExecution(id: string, force: boolean, caller: Principal): Promise<void>;
  /**
   * Resolves when the execution has reached a final state, on whichever node, after the time, or when `signal` says that
   * nobody waits any more.
   * @returns whether it has ended
   */
  abstract waitForEnd(id: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
}
