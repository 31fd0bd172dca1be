import { dictGet, isDict, parseJson, quoteJson, type Json } from '../shared/index.js';
import { encodeValue } from './encode.js';
import { GrammarError } from './errors.js';
import { evaluate, evaluateValuesRecursively, validate } from './interpolation.js';
import type { DataFunctions, EvaluationScope } from './scope.js';

/** Where nothing else is given, time stands still and chance repeats itself. */
const FIXED: DataFunctions = {
  uuid: () => '00000000-0000-4000-8000-000000000000',
  now: () => 1_577_836_800_000_000,
  random: () => 0.5,
};

/**
 * Answers one line of the evaluation tool: `{"expr", "ctx"}`, `{"data", "ctx"}` or `{"validate"}` gives
 * `{"ok": true, "result": …}` or `{"ok": false, "error": "grammar" | "evaluation", "message": …}`.
 */
export function evalLine(line: string, functions: DataFunctions = FIXED): string {
  try {
    return `{"ok": true, "result": ${answer(parseJson(line, { allowNaN: true }), functions)}}`;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `{"ok": false, "error": "${kindOf(error)}", "message": ${quoteJson(message, false)}}`;
  }
}

function answer(task: Json, functions: DataFunctions): string {
  if (!isDict(task)) throw new GrammarError('a line must be an object with "expr", "data" or "validate"');
  const text = dictGet(task, 'validate');
  if (text !== undefined) {
    validate(text);
    return 'null';
  }
  const scope = scopeOf(dictGet(task, 'ctx') ?? null, functions);
  const data = dictGet(task, 'data');
  return encodeValue(
    data === undefined ? evaluate(dictGet(task, 'expr') ?? null, scope) : evaluateValuesRecursively(data, scope),
  );
}

function scopeOf(context: Json, functions: DataFunctions): EvaluationScope {
  const common = { functions, asOriginal: true } as const;
  return isDict(context) ? { layers: [context], ...common } : { layers: [], root: context, ...common };
}

/** An expression that can't even be read is a grammar error, also when it was found out while evaluating. */
function kindOf(error: unknown): 'grammar' | 'evaluation' {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof GrammarError || cause.name === 'YaqlSyntaxError') return 'grammar';
  }
  return 'evaluation';
}
