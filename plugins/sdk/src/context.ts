/** Where this action runs; members are null when it was started through the API, outside of a workflow. */
export interface ExecutionInfo {
  readonly workflowExecutionId: string | null;
  readonly taskExecutionId: string | null;
  readonly actionExecutionId: string | null;
  readonly workflowName: string | null;
  /** Whose it is, and the execution at the top of its tree: for packs that share something scarce fairly. */
  readonly projectId?: string | null;
  readonly rootExecutionId?: string | null;
  /** Path to report the result of an asynchronous action to, e.g. `/v2/action_executions/7136…`. */
  readonly callbackUrl: string | null;
}

/** Who started the workflow. Members are absent when the service runs without authentication. */
export interface SecurityInfo {
  readonly userName?: string;
  readonly projectId?: string;
  readonly projectName?: string;
  readonly authToken?: string;
  readonly authUri?: string;
  readonly trustId?: string;
  readonly regionName?: string;
  /** Keystone's catalog as it came with the token. */
  readonly serviceCatalog?: unknown;
}

/** Structured log of the service; `fields` are searchable, e.g. `logger.info('sent', { bytes: 512 })`. */
export interface ActionLogger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** JSON without loss: keeps integers of any size and tells `4.0` from `4`; `stringify` takes what the input holds. */
export interface JsonCodec {
  /** @throws {Error} when `text` is no JSON */
  parse(text: string): unknown;
  stringify(value: unknown): string;
}

/** What the service gives to each run of an action, beside its input. */
export interface ActionContext {
  /** Aborted when the time is over, the workflow is cancelled or the service stops: pass it to everything that waits. */
  readonly signal: AbortSignal;
  /** When the signal will be aborted because of a timeout, in milliseconds since 1970; undefined means never. */
  readonly deadlineAt: number | undefined;
  readonly logger: ActionLogger;
  /** The same for every attempt at one piece of work (the action execution's id): hand it to services that deduplicate. */
  readonly idempotencyKey: string;
  readonly execution: ExecutionInfo;
  readonly security: SecurityInfo;
  readonly json: JsonCodec;
}
