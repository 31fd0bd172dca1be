import std from '../../plugins/std/src/index.js';
import { CatalogueActionPort } from '../../src/actions/action-ports.js';
import { ActionCatalogue } from '../../src/actions/catalogue.js';
import {
  type MockedResult,
  type PlainAction,
  type Rehearsal,
  type RehearsalResult,
  type RehearsedTask,
  rehearse,
} from '../../src/core/flow/index.js';
import type { Json } from '../../src/core/shared/index.js';

const PACK = { packageName: 'std', name: 'std', actions: std.createActions({}) };
const STD = new CatalogueActionPort(new ActionCatalogue([PACK]));

/** A workflow `w` around the tasks, and what happens to it. */
export interface Scene extends Omit<Rehearsal, 'definitions' | 'actions'> {
  /** Other attributes of the workflow. */
  readonly head?: string;
  /** Other workflows of the same text. */
  readonly also?: string;
  /** A list of ad-hoc actions, without its version. */
  readonly adhoc?: string;
  readonly workbook?: string;
  readonly actions?: Readonly<Record<string, MockedResult | readonly MockedResult[]>>;
}

export interface Played extends RehearsalResult {
  /** The last execution of a task, by its path. */
  task(path: string): RehearsedTask;
  states(): Readonly<Record<string, string>>;
}

/**
 * Plays tasks, one or several a line, with the real actions of the standard pack; names that begin with `acme.` are
 * actions that exist but need a mocked result.
 */
export function play(tasks: string, scene: Scene = {}): Played {
  const { head, also, adhoc, workbook, actions = {}, ...rest } = scene;
  const w = `w:\n${indented(head ?? '', 2)}  tasks:\n${indented(tasks, 4)}`;
  const definitions = {
    workflows: [`version: '2.0'\n${w}${indented(also ?? '', 0)}`],
    workbooks: workbook === undefined ? [] : [indented(workbook, 0)],
    actions: adhoc === undefined ? [] : [`version: '2.0'\n${indented(adhoc, 0)}`],
  };
  const mocks = Object.entries(actions).map(([task, mocked]) => [task, [mocked].flat()] as const);
  const result = rehearse({ ...rest, definitions, actions: Object.fromEntries(mocks) }, { findAction });
  return {
    ...result,
    task(path) {
      const last = result.tasks.get(path)?.at(-1);
      if (last === undefined) throw new Error(`there is no task ${path}`);
      return last;
    },
    states: () => Object.fromEntries([...result.tasks].map(([path, runs]) => [path, runs.at(-1)?.state ?? ''])),
  };
}

export function success(data: Json, after?: number): MockedResult {
  return { kind: 'success', data, after };
}

export function error(data: Json, after?: number): MockedResult {
  return { kind: 'error', data, after };
}

export const cancelled: MockedResult = { kind: 'cancelled' };
export const never: MockedResult = { kind: 'never' };

function findAction(name: string): PlainAction | undefined {
  if (!name.startsWith('acme.')) return STD.find(name);
  return { name, isAsync: name.includes('async'), inputError: () => undefined, buildError: () => undefined };
}

/** Lines with their common indentation replaced. */
function indented(text: string, width: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const common = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => `${' '.repeat(width)}${line.slice(common)}\n`).join('');
}
