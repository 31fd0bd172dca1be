import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { evalLine } from '../../../src/core/expressions/index.js';
import { dictGet, isDict, parseJson, stringifyJson, toDict, type JsonObject } from '../../../src/core/shared/index.js';

/** A line of the corpus: what was evaluated and what came of it in the original. */
interface Line {
  readonly group: string;
  readonly task: string;
  readonly expected: JsonObject;
  readonly title: string;
}

describe.each([
  { lang: 'yaql', lines: linesOf('shared', 'yaql') },
  { lang: 'jinja', lines: linesOf('shared', 'jinja') },
  { lang: 'of both', lines: linesOf('found') },
  { lang: 'recursive', lines: linesOf('recursive') },
  { lang: 'validate', lines: linesOf('validate') },
])('$lang expressions as the original evaluates them', ({ lines }) => {
  it.each(groupsOf(lines))('%s', (_group, cases) => {
    const differences = cases.map(differenceOf).filter((difference) => difference !== null);

    expect(differences).toEqual([]);
  });
});

function linesOf(file: string, lang?: string): readonly Line[] {
  const text = readFileSync(new URL(`expressions-${file}.jsonl`, import.meta.url), 'utf8');
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseJson(line) as JsonObject);
  return lines.filter((line) => lang === undefined || line.lang === lang).map((line) => toLine(file, line));
}

function toLine(file: string, line: JsonObject): Line {
  const { expr = null, ctx = null, newest = null } = line;
  const subject = file === 'recursive' ? 'data' : file === 'validate' ? 'validate' : 'expr';
  const task = toDict(
    file === 'validate'
      ? [[subject, expr]]
      : [
          [subject, expr],
          ['ctx', ctx],
        ],
  );
  return {
    group: typeof line.group === 'string' ? line.group : file,
    task: stringifyJson(task),
    expected: isDict(newest) && !isFormat(line, newest as JsonObject) ? { ...line, ...(newest as JsonObject) } : line,
    title: stringifyJson(expr),
  };
}

/** `format` of yaql 2, which Mistral 15 has and yaql 3 does not know, works as there, without attributes of what it shows. */
function isFormat({ expr }: JsonObject, newest: JsonObject): boolean {
  const text = stringifyJson(expr);
  const isUnknown = typeof newest.cause === 'string' && newest.cause.startsWith('No');
  return isUnknown && /\bformat\b/.test(text) && !/\{\w*\./.test(text);
}

function groupsOf(lines: readonly Line[]): [string, readonly Line[]][] {
  const names = new Set(lines.map((line) => line.group));
  return [...names].map((name) => [name, lines.filter((line) => line.group === name)]);
}

/** Null when the answer is the expected one, otherwise both of them. */
function differenceOf({ task, expected, title }: Line): string | null {
  const answer = parseJson(evalLine(task)) as JsonObject;
  const isSame = expected.ok === true ? answersResult(answer, expected) : answersError(answer, expected);
  return isSame ? null : `${title}: expected ${stringifyJson(expected)}, got ${stringifyJson(answer)}`;
}

function answersResult(answer: JsonObject, expected: JsonObject): boolean {
  const result = dictGet(expected, 'result');
  return answer.ok === true && (result === undefined || stringifyJson(answer.result) === stringifyJson(result));
}

function answersError(answer: JsonObject, expected: JsonObject): boolean {
  return answer.ok === false && answer.error === (expected.error ?? 'evaluation');
}
