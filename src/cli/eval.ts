import { type Command, InvalidArgumentError } from 'commander';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { encodeValue, evalLine, evaluate, EvaluationError, GrammarError } from '../core/expressions/index.js';
import type { DataFunctions } from '../core/expressions/index.js';
import { isDict, type Json, parseJson } from '../core/shared/index.js';

const REAL: DataFunctions = { uuid: randomUUID, now: () => Date.now() * 1000, random: Math.random };
/** Answers are written in pieces of about this many characters. */
const PIECE = 65_536;

interface EvalOptions {
  readonly context?: string;
  readonly jsonl?: boolean;
}

export function addEval(program: Command): void {
  program
    .command('eval')
    .description('evaluate an expression or a text with expressions, as a workflow would')
    .argument('[text]', "e.g. '<% $.x %>' or '{{ _.x }}'")
    .option('-c, --context <file>', 'JSON file with the data: $ in YAQL, _ in Jinja')
    .option('--jsonl', 'read lines {"expr", "ctx"}, {"data", "ctx"} or {"validate"} from stdin, write one answer each')
    .action(async (text: string | undefined, options: EvalOptions) => {
      if (options.jsonl === true) return answerLines();
      if (text === undefined) throw new InvalidArgumentError('eval: needs a text, or --jsonl to read lines from stdin');
      await showValue(text, options.context);
    });
}

/** Streams: one answer line per line, in order. */
async function answerLines(): Promise<void> {
  let answers = '';
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    answers += `${evalLine(line, REAL)}\n`;
    if (answers.length >= PIECE) {
      await write(answers);
      answers = '';
    }
  }
  await write(answers);
}

async function showValue(text: string, contextFile: string | undefined): Promise<void> {
  const context = contextFile === undefined ? {} : parseJson(await readFile(contextFile, 'utf8'), { allowNaN: true });
  const scope = isDict(context) ? { layers: [context] } : { layers: [], root: context as Json };
  try {
    await write(`${encodeValue(evaluate(text, { ...scope, functions: REAL }))}\n`);
  } catch (error) {
    if (!(error instanceof EvaluationError) && !(error instanceof GrammarError)) throw error;
    process.stderr.write(`${error.message}\n${caret(text, error)}`);
    process.exitCode = 1;
  }
}

/** The text with a caret under the place that the error names; nothing when it names none. */
function caret(text: string, error: Error): string {
  const position = positionOf(error);
  if (position === undefined) return '';
  const { inner, start } = expressionIn(text);
  return `  ${text}\n  ${' '.repeat(start + Math.min(position, inner.length))}^\n`;
}

function positionOf(error: unknown): number | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('position' in cause && typeof cause.position === 'number') return cause.position;
  return undefined;
}

/** Positions count from the first character of the expression, after the delimiter and white space. */
function expressionIn(text: string): { readonly inner: string; readonly start: number } {
  const found = /<%\s*(?<yaql>.*?)\s*%>/.exec(text);
  const inner = found?.groups?.yaql ?? text;
  return { inner, start: found === null ? 0 : text.indexOf(inner, found.index + 2) };
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error == null ? resolve() : reject(error)));
  });
}
