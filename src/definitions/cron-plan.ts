import { InputError } from '../core/shared/index.js';
import { CronPattern } from './cron-pattern.js';

/** When a trigger shall run, as a client says it. */
export interface AskedPlan {
  readonly pattern: string | undefined;
  /** `YYYY-MM-DD HH:MM`, UTC. */
  readonly firstExecutionTime: string | undefined;
  readonly remainingExecutions: number | undefined;
}

/** When a trigger runs, as it is stored; instants are microseconds since 1970. */
export interface CronPlan {
  readonly pattern: string;
  readonly firstExecutionTime: number | null;
  readonly nextExecutionTime: number;
  readonly remainingExecutions: number | null;
}

/** Stands where only a first time is given; it never comes. */
const NEVER = '0 0 30 2 0';
const SOONEST_FIRST_MICROS = 60_000_000;
const TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{1,2})$/;

/**
 * Works out when a trigger runs first and how often.
 * @param now  microseconds since 1970
 * @throws {InputError} for a plan that makes no sense
 */
export function planOf({ pattern, firstExecutionTime, remainingExecutions }: AskedPlan, now: number): CronPlan {
  const first = firstExecutionTime === undefined ? undefined : readTime(firstExecutionTime);
  if (pattern === undefined && first === undefined) {
    throw new InputError('Pattern or first_execution_time must be specified.');
  }
  if (first !== undefined && first < now + SOONEST_FIRST_MICROS) {
    throw new InputError('first_execution_time must be at least 1 minute in the future.');
  }
  if (pattern === undefined && (remainingExecutions ?? 1) > 1) {
    throw new InputError('Pattern must be provided if count is superior to 1.');
  }
  const next = pattern === undefined ? undefined : nextTime(pattern, now);
  return {
    pattern: pattern ?? NEVER,
    firstExecutionTime: first ?? null,
    nextExecutionTime: first ?? next ?? now,
    remainingExecutions: remainingExecutions ?? (pattern === undefined ? 1 : null),
  };
}

function nextTime(pattern: string, now: number): number {
  const next = CronPattern.read(pattern)?.next(now);
  if (next === undefined) throw new InputError(`The specified pattern is not valid: ${pattern}`);
  return next;
}

/** Microseconds since 1970. */
function readTime(text: string): number {
  const [, year = '', month = '', day = '', hour = '', minute = ''] = TIME.exec(text) ?? [];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  const date = new Date(at);
  // A day or an hour that does not exist would have become another one.
  const isReal = date.getUTCDate() === Number(day) && date.getUTCHours() === Number(hour) && Number(minute) < 60;
  if (year !== '' && isReal && date.getUTCMonth() === Number(month) - 1) return at * 1000;
  throw new InputError(`time data '${text}' does not match format '%Y-%m-%d %H:%M'`);
}
