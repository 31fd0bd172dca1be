import { randomUUID } from 'node:crypto';
import {
  encodeValue,
  evalLine,
  evaluate,
  EvaluationError,
  GrammarError,
  type DataFunctions,
} from '../../core/expressions/index.js';
import { isDict, JsonSyntaxError, parseJson, type Json } from '../../core/shared/index.js';
import { answerLines } from '../answer-lines.js';
import { caretUnderSyntaxError } from '../caret.js';
import { readText } from '../files.js';
import { EXIT, UsageError } from '../outcome.js';
import { note, print } from '../output.js';

const REAL: DataFunctions = { uuid: randomUUID, now: () => Date.now() * 1000, random: Math.random };

export interface EvalOptions {
  readonly context?: string;
  readonly jsonl?: boolean;
}

/** `tramontane eval`: the value of a text, or with `--jsonl` one answer per line of standard input. */
export async function evalText(text: string | undefined, options: EvalOptions): Promise<number> {
  if (options.jsonl === true) {
    await answerLines(process.stdin, process.stdout, (line) => evalLine(line, REAL));
    return EXIT.success;
  }
  if (text === undefined) throw new UsageError('eval: needs a text, or --jsonl to read lines from standard input');
  const context = options.context === undefined ? {} : await readContext(options.context);
  const scope = isDict(context) ? { layers: [context] } : { layers: [], root: context };
  try {
    print(encodeValue(evaluate(text, { ...scope, functions: REAL })));
    return EXIT.success;
  } catch (error) {
    if (!(error instanceof EvaluationError) && !(error instanceof GrammarError)) throw error;
    note([error.message, caretUnderSyntaxError(text)].filter((line) => line !== '').join('\n'));
    return EXIT.failure;
  }
}

async function readContext(file: string): Promise<Json> {
  try {
    return parseJson(await readText(file), { allowNaN: true });
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new UsageError(`${file}: ${error.message}`, { cause: error });
  }
}
