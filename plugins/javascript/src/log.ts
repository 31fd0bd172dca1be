import type { LogLine } from './job.js';
import { LOG_LINE_CHARACTERS, LOG_LINES } from './limits.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/**
 * The log of a run. It comes from a place where the code may have changed everything, so nothing in it is believed.
 * @param json  e.g. `[{"level":"info","text":"hello"}]`
 */
export function readLog(json: string): readonly LogLine[] {
  const lines: unknown = JSON.parse(json);
  return Array.isArray(lines) ? lines.slice(0, LOG_LINES).map(readLine) : [];
}

function readLine(line: unknown): LogLine {
  const { level, text } = Object(line) as Readonly<Record<string, unknown>>;
  const shown = typeof text === 'string' ? text : '';
  return { level: LEVELS.find((one) => one === level) ?? 'info', text: shown.slice(0, LOG_LINE_CHARACTERS) };
}
