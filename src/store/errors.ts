import { ConflictError, MistralError } from '../core/shared/index.js';

/** The database has not answered for too long; the call may be repeated. */
export class ServiceUnavailableError extends MistralError {
  readonly code = 'SERVICE_UNAVAILABLE';
  readonly status = 503;
}

/** A read took longer than it may. */
export class ReadTimeoutError extends MistralError {
  readonly code = 'READ_TIMEOUT';
  readonly status = 503;
}

/** Another transaction has created the execution meanwhile: read it instead. */
export class ExecutionExistsError extends ConflictError {
  override readonly code = 'EXECUTION_EXISTS';
}

/** What PostgreSQL says of a failed statement, e.g. `{ code: '23505', constraint: 'workflow_executions_pkey', … }`. */
export interface DatabaseFailure {
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly message: string;
}

/**
 * Why trying again may help: `conflict` (deadlock, serialization; at once) or `connection` (server away, starting, full).
 * `undefined` for everything else.
 */
export type Trouble = 'conflict' | 'connection';

const CONFLICT_CODES: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  '53300',
  // The connection was ended because its transaction stood still.
  '25P03',
  '57P01',
  '57P02',
  '57P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
/** The driver's own errors carry no code. */
const CONNECTION_TEXTS =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Client was closed|Cannot use a pool after/i;

/** Classifies a failure of the driver, also inside TypeORM's wrapping. */
export function troubleOf(error: unknown): Trouble | undefined {
  const failure = failureOf(error);
  const code = failure?.code ?? '';
  if (CONFLICT_CODES.has(code)) return 'conflict';
  if (CONNECTION_CODES.has(code) || code.startsWith('08')) return 'connection';
  return code === '' && failure !== undefined && CONNECTION_TEXTS.test(failure.message) ? 'connection' : undefined;
}

/** Whether PostgreSQL ended the statement because it took longer than it may. */
export function isTimeout(error: unknown): boolean {
  return failureOf(error)?.code === '57014';
}

/** The constraint that a row would have broken, when the failure is a duplicate. */
export function duplicateOf(error: unknown): string | undefined {
  const failure = failureOf(error);
  return failure?.code === '23505' ? failure.constraint : undefined;
}

/** The foreign key that refused a change, when something else still needs the row. */
export function referenceOf(error: unknown): string | undefined {
  const failure = failureOf(error);
  return failure?.code === '23503' ? failure.constraint : undefined;
}

/** By shape, not by class: errors of the network come from another realm when specs run. */
function failureOf(error: unknown): DatabaseFailure | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return failureOf(error.errors[0]);
  return 'driverError' in error ? failureOf(error.driverError) : (error as DatabaseFailure);
}
