import { type Json, jsonEquals, stringifyJson } from '../shared/index.js';
import type { RehearsalResult, RehearsedTask } from './rehearsal-types.js';

/** What a rehearsal is expected to give; only what is written is compared. A text that ends in `*` is compared up to there. */
export interface RehearsalExpectation {
  readonly state?: string;
  readonly info?: string | null;
  readonly output?: Json;
  /** Paths of tasks as they start; without any of sub-workflows, these are left out of the comparison. */
  readonly order?: readonly string[];
  /** By path: the state, `{state, info, result, published, starts, startedAt, finishedAt}`, or a list of these, one for each run. */
  readonly tasks?: Readonly<Record<string, ExpectedTask | readonly ExpectedTask[]>>;
  /** By path: the inputs of the task's actions in order of their starts. */
  readonly inputs?: Readonly<Record<string, Json>>;
  /** The text with which the upload or the start is refused. */
  readonly error?: string;
}

/** A state, or null for a task that must not exist. */
export type ExpectedTask = string | null | { readonly [Key in keyof RehearsedTask]?: Json };

/** @returns one line for each difference, e.g. `tasks.attach.state: expected WAITING, got ERROR` */
export function rehearsalDifferences(expected: RehearsalExpectation, result: RehearsalResult): readonly string[] {
  const found: string[] = [];
  const compare = (where: string, wanted: Json | undefined, got: Json): void => {
    if (wanted !== undefined && !matches(wanted, got))
      found.push(`${where}: expected ${shown(wanted)}, got ${shown(got)}`);
  };
  compare('state', expected.state, result.state);
  compare('info', expected.info, result.info);
  compare('output', expected.output, result.output);
  compare('order', expected.order, comparableOrder(expected.order ?? [], result.order));
  for (const [path, inputs] of Object.entries(expected.inputs ?? {}))
    compare(`inputs.${path}`, inputs, result.inputs.get(path) ?? []);
  for (const [path, wanted] of Object.entries(expected.tasks ?? {})) {
    const runs = result.tasks.get(path) ?? [];
    if (Array.isArray(wanted)) compare(`tasks.${path}`, wanted.length, runs.length);
    const list = Array.isArray(wanted) ? (wanted as readonly ExpectedTask[]) : [wanted as ExpectedTask];
    const shownRuns = Array.isArray(wanted) ? runs : runs.slice(-1);
    list.forEach((one, index) => compareTask(`tasks.${path}`, one, shownRuns[index], compare));
  }
  return found;
}

function compareTask(
  where: string,
  wanted: ExpectedTask,
  got: RehearsedTask | undefined,
  compare: (where: string, wanted: Json | undefined, got: Json) => void,
): void {
  if (wanted === null || typeof wanted === 'string') return compare(where, wanted, got?.state ?? null);
  for (const [key, value] of Object.entries(wanted))
    compare(`${where}.${key}`, value, got?.[key as keyof RehearsedTask] ?? null);
}

function comparableOrder(expected: readonly string[], order: readonly string[]): readonly string[] {
  return expected.some((path) => path.includes('/')) ? order : order.filter((path) => !path.includes('/'));
}

function matches(wanted: Json, got: Json): boolean {
  if (typeof wanted === 'string' && wanted.endsWith('*') && typeof got === 'string')
    return got.startsWith(wanted.slice(0, -1));
  return jsonEquals(wanted, got);
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}

/** Whether a refused upload or start is the expected one. */
export function isExpectedError(expected: RehearsalExpectation, message: string): boolean {
  return expected.error !== undefined && matches(expected.error, message);
}
