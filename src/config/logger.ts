import { type Logger as PinoLogger, type LogFn, pino } from 'pino';
import { maskUrls, redact } from './redact.js';
import { requestFields } from './request-context.js';
import type { LogLevel } from './settings.js';

/** Either a message, or fields and a message: `log.warn({ executionId }, 'lease lost')`. */
export interface LogMethod {
  (message: string): void;
  (fields: object, message: string): void;
}

/** The log of a process; children add fields to each line. */
export interface Logger {
  readonly trace: LogMethod;
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly fatal: LogMethod;
  child(fields: object): Logger;
}

/** Where log lines go; standard output when none is given. */
export interface LogSink {
  write(line: string): void;
}

/**
 * JSON lines like `{"level":"info","time":"2026-01-01T00:00:00.000Z","msg":"started"}`, in which no token, password or
 * other secret appears. An error belongs under `err`: `log.error({ err: error }, 'relay failed')`.
 */
export function createLogger(level: LogLevel, sink?: LogSink): Logger {
  const options = {
    level,
    base: undefined,
    mixin: requestFields,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: object) => redact(fields) as Record<string, unknown>,
      bindings: (fields: object) => redact(fields) as Record<string, unknown>,
    },
    hooks: { logMethod: maskMessage },
  };
  return sink === undefined ? pino(options) : pino(options, sink);
}

/** A log that writes nothing, for tests. */
export const silentLogger: Logger = createLogger('silent');

function maskMessage(this: PinoLogger, args: Parameters<LogFn>, method: LogFn): void {
  const masked = args.map((arg: unknown) => (typeof arg === 'string' ? maskUrls(arg) : arg));
  method.apply(this, masked as Parameters<LogFn>);
}
