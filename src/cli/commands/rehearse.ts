import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  isExpectedError,
  parseRehearsal,
  rehearsalDifferences,
  rehearse,
  type RehearsalFile,
  type RehearsalResult,
} from '../../core/flow/index.js';
import { MistralError, stringifyJson, YamlError } from '../../core/shared/index.js';
import { readText } from '../files.js';
import { EXIT, UsageError } from '../outcome.js';
import { print } from '../output.js';

export interface RehearseOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** What has become of one rehearsal; no result when it was refused. */
interface Verdict {
  readonly file: string;
  readonly about?: string;
  readonly differences: readonly string[];
  readonly hasExpectation: boolean;
  readonly result?: RehearsalResult;
}

/** `tramontane rehearse`: plays workflows with mocked results, and compares with what is expected. */
export async function rehearseFiles(files: readonly string[], options: RehearseOptions): Promise<number> {
  const verdicts: Verdict[] = [];
  for (const file of files) {
    const verdict = verdictOn(file, await readText(file));
    verdicts.push(verdict);
    if (options.json !== true) print(shown(verdict, options.verbose === true));
  }
  if (options.json === true) print(stringifyJson(verdicts.map(asJson), { indent: 2 }));
  return verdicts.every(({ differences }) => differences.length === 0) ? EXIT.success : EXIT.failure;
}

function verdictOn(file: string, text: string): Verdict {
  let read: RehearsalFile | undefined;
  try {
    read = parseRehearsal(text, (name) => readNamed(file, name));
    const result = rehearse(read.rehearsal);
    const { about, expect } = read;
    const missing = expect.error === undefined ? [] : [`error: expected ${expect.error}, got none`];
    const differences = [...missing, ...rehearsalDifferences(expect, result)];
    return { file, about, differences, hasExpectation: Object.keys(expect).length > 0, result };
  } catch (error) {
    if (!(error instanceof MistralError || error instanceof YamlError || error instanceof UsageError)) throw error;
    const message = error.message.trim();
    const isExpected = read !== undefined && isExpectedError(read.expect, message);
    return { file, about: read?.about, differences: isExpected ? [] : [message], hasExpectation: isExpected };
  }
}

/** Files stand beside the rehearsal that names them. */
function readNamed(file: string, name: string): string {
  try {
    return readFileSync(resolve(dirname(file), name), 'utf8');
  } catch (error) {
    throw new UsageError(`${name}: the file can't be read`, { cause: error });
  }
}

/** Without an expectation, what happened is what one wants to see. */
function shown({ file, about, differences, hasExpectation, result }: Verdict, isVerbose: boolean): string {
  const head = `${differences.length === 0 ? 'ok    ' : 'FAILED'} ${file}${about === undefined ? '' : `: ${about}`}`;
  const details = result !== undefined && (isVerbose || !hasExpectation) ? resultLines(result) : [];
  const silent = result?.unanswered.map((path) => `no result is given for ${path}: it never ends`) ?? [];
  const needsReasons = differences.length > 0 || !hasExpectation;
  return [head, ...[...differences, ...(needsReasons ? silent : []), ...details].map((line) => `       ${line}`)].join(
    '\n',
  );
}

function resultLines({ state, info, output, tasks }: RehearsalResult): readonly string[] {
  const runs = [...tasks].flatMap(([path, all]) => all.map((task) => ({ path, ...task })));
  const inOrder = runs.sort((a, b) => (a.startedAt ?? Infinity) - (b.startedAt ?? Infinity));
  return [
    `${state}${info === null ? '' : `: ${info.trim().split('\n', 1)[0] ?? ''}`}`,
    `output ${stringifyJson(output)}`,
    ...inOrder.map(({ path, state: taskState, startedAt, finishedAt }) =>
      `${secondsText(startedAt)} ${secondsText(finishedAt)}  ${taskState.padEnd(9)} ${path}`.trimEnd(),
    ),
  ];
}

function secondsText(seconds: number | null): string {
  return (seconds === null ? '-' : `${seconds} s`).padStart(9);
}

function asJson({ file, about, differences, result }: Verdict): object {
  const played = result === undefined ? {} : { ...result, tasks: Object.fromEntries(result.tasks) };
  const inputs = result === undefined ? {} : { inputs: Object.fromEntries(result.inputs) };
  return { file, about: about ?? null, isAsExpected: differences.length === 0, differences, ...played, ...inputs };
}
