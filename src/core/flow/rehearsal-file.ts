import {
  dictEntries,
  InputError,
  isDict,
  type Json,
  type JsonObject,
  loadYaml,
  PyFloat,
  stringifyJson,
} from '../shared/index.js';
import type { RehearsalExpectation } from './rehearsal-check.js';
import type { MockedResult, Rehearsal, RehearsedEvent } from './rehearsal-types.js';

/** A rehearsal as written: its definitions may be names of files, relative to its own. */
export interface RehearsalFile {
  readonly about: string | undefined;
  readonly rehearsal: Rehearsal;
  readonly expect: RehearsalExpectation;
}

const KEYS = [
  'about',
  'workflow',
  'workbook',
  'adhoc',
  'run',
  'input',
  'env',
  'task',
  'params',
  'actions',
  'events',
  'expect',
];

/**
 * Reads a rehearsal file (`docs/rehearsals.md` shows its form).
 * @param read  gives the text of a file that the rehearsal names, e.g. `fork-join.yaml`
 * @throws InputError that says which key is wrong, YamlError
 */
export function parseRehearsal(text: string, read: (name: string) => string): RehearsalFile {
  const file = objectAt(loadYaml(text), 'the rehearsal');
  for (const key of Object.keys(file)) if (!KEYS.includes(key)) throw wrong(key, `one of ${KEYS.join(', ')}`);
  const textsAt = (key: string): readonly string[] =>
    listOf(file[key]).map((item) => {
      if (typeof item !== 'string') throw wrong(key, 'the name of a file, or a text of several lines');
      return item.includes('\n') ? item : read(item);
    });
  const env: JsonObject = file['env'] === undefined ? {} : { env: objectAt(file['env'], 'env') };
  const target: JsonObject = file['task'] === undefined ? {} : { task_name: file['task'] };
  return {
    about: textOf(file['about'], 'about'),
    rehearsal: {
      definitions: { workflows: textsAt('workflow'), workbooks: textsAt('workbook'), actions: textsAt('adhoc') },
      run: textOf(file['run'], 'run'),
      input: objectAt(file['input'] ?? {}, 'input'),
      params: { ...objectAt(file['params'] ?? {}, 'params'), ...env, ...target },
      actions: Object.fromEntries(
        Object.entries(objectAt(file['actions'] ?? {}, 'actions')).map(([task, results]) => [
          task,
          mocksOf(task, results),
        ]),
      ),
      events: listOf(file['events']).map(eventOf),
    },
    expect: objectAt(file['expect'] ?? {}, 'expect'),
  };
}

function mocksOf(task: string, written: Json): readonly MockedResult[] {
  return listOf(written).map((result) => mockOf(`actions.${task}`, result));
}

/** `{success: data}`, `{error: data}`, `cancelled`, `never`; with `after: seconds` where it takes its time. */
function mockOf(where: string, written: Json): MockedResult {
  const result = typeof written === 'string' ? { [written]: true } : objectAt(written, where);
  const { after: delay, ...rest } = result;
  const after = delay === undefined ? undefined : secondsOf(delay, `${where}.after`);
  const [kind, ...others] = Object.keys(rest);
  if (others.length > 0) throw wrong(where, 'one of success, error, cancelled, never');
  if (kind === 'success' || kind === 'error') return { kind, data: rest[kind] ?? null, after };
  if (kind === 'cancelled' || kind === 'never') return { kind, after };
  throw wrong(where, 'one of success, error, cancelled, never');
}

function eventOf(written: Json): RehearsedEvent {
  const event = typeof written === 'string' ? { do: written } : objectAt(written, 'events');
  const at = event['at'] === undefined ? undefined : secondsOf(event['at'], 'events.at');
  const kind = event['do'];
  const task = textOf(event['task'], 'events.task') ?? '';
  if (kind === 'pause' || kind === 'resume') return { at, kind };
  if (kind === 'skip') return { at, kind, task };
  if (kind === 'rerun') return { at, kind, task, reset: event['reset'] !== false };
  const { state } = event;
  if (kind !== 'stop' || (state !== 'SUCCESS' && state !== 'ERROR' && state !== 'CANCELLED'))
    throw wrong('events', 'do: pause, resume, skip, rerun, or stop with a state SUCCESS, ERROR or CANCELLED');
  return { at, kind, state, message: textOf(event['message'], 'events.message') ?? null };
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function objectAt(value: Json | undefined, where: string): JsonObject {
  if (value === undefined || value === null || !isDict(value)) throw wrong(where, 'names with values');
  return Object.fromEntries(
    dictEntries(value).map(([key, item]) => [typeof key === 'string' ? key : stringifyJson(key as Json), item]),
  );
}

function textOf(value: Json | undefined, where: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(where, 'a text');
}

function secondsOf(value: Json, where: string): number {
  const seconds = value instanceof PyFloat ? value.value : value;
  if (typeof seconds !== 'number' || seconds < 0) throw wrong(where, 'seconds, a number from 0');
  return seconds;
}

function wrong(where: string, expected: string): InputError {
  return new InputError(`Invalid rehearsal: ${where}: expected ${expected}`);
}
