import { dictEntries, isDict, toDict, type Json, type PyDict } from '../shared/index.js';
import { evaluateBounded, mapWanting } from './bounded.js';
import { EvaluationError, GrammarError } from './errors.js';
import { EVALUATORS, type Language } from './languages.js';
import { NeedsData } from './needs-data.js';
import type { EvaluationScope } from './scope.js';
import { toJson } from './to-json.js';
import { sizeOfDict, type Value } from './values/index.js';

export interface ExpressionOptions {
  /** Languages in which expressions are allowed; both by default. */
  readonly allowedLanguages?: readonly Language[];
}

/** Whether a value is a text with an expression in it. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && EVALUATORS.some((evaluator) => evaluator.recognises(value));
}

/** Whether there is an expression anywhere in data, keys of dicts aside. */
export function hasExpression(data: Json): boolean {
  if (typeof data === 'string') return isExpression(data);
  if (Array.isArray(data)) return (data as readonly Json[]).some(hasExpression);
  return isDict(data) && dictEntries(data).some(([, value]) => hasExpression(value));
}

/**
 * Checks the syntax of a text's expressions; functions, variables and keys are not looked up.
 * @throws {GrammarError} also when a text mixes languages, or uses one that is not allowed
 */
export function validate(text: unknown, options: ExpressionOptions = {}): void {
  if (typeof text !== 'string') return;
  let found: Language | undefined;
  for (const { language, recognises, validate: check } of EVALUATORS) {
    if (!recognises(text)) continue;
    if (!isAllowed(language, options)) throw new GrammarError(disabled(language));
    if (found !== undefined) {
      throw new GrammarError(
        `The line already contains an expression of type '${found}'. Mixing expression types in a single line is not allowed.`,
      );
    }
    check(text);
    found = language;
  }
}

/**
 * The value of a text's expression, or the text with its expressions replaced. What is no text or has no expression
 * comes back as it is.
 * @throws {EvaluationError}
 */
export function evaluate(text: Value, scope: EvaluationScope, options: ExpressionOptions = {}): Value {
  if (typeof text !== 'string') return text;
  for (const evaluator of EVALUATORS) {
    if (!evaluator.recognises(text)) continue;
    if (!isAllowed(evaluator.language, options)) throw new EvaluationError(disabled(evaluator.language));
    return evaluator.evaluate(text, scope);
  }
  return text;
}

/** As {@link evaluate}, with a result that can be stored: sets become lists, dates become texts. */
export function evaluateToJson(text: Json, scope: EvaluationScope, options: ExpressionOptions = {}): Json {
  if (!isExpression(text)) return text;
  const evaluation = (): Json => stored(text, evaluate(text, scope, options));
  return scope.bounds === undefined ? evaluation() : evaluateBounded(text, scope, scope.bounds, evaluation);
}

/** Lazy values are evaluated when they are stored, so that they may fail only then. */
function stored(text: string, value: Value): Json {
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof NeedsData) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EvaluationError(`Can not store the result [expression=${text}, error=${reason}]`, { cause: error });
  }
}

/**
 * Data with every text in it evaluated, those inside lists and dicts too; keys stay. With an empty context everything
 * comes back untouched, and so does each part without expressions.
 * @throws {EvaluationError} at the first expression that fails
 */
export function evaluateRecursively(data: Json, scope: EvaluationScope, options: ExpressionOptions = {}): Json {
  return isEmpty(scope) ? data : (walk(data, (text) => evaluateToJson(text, scope, options)) as Json);
}

/** As {@link evaluateRecursively}, keeping values that JSON has no form for. */
export function evaluateValuesRecursively(data: Json, scope: EvaluationScope): Value {
  return isEmpty(scope) ? data : walk(data, (text) => evaluate(text, scope));
}

function walk(data: Value, leaf: (text: string) => Value): Value {
  if (typeof data === 'string') return leaf(data);
  if (Array.isArray(data)) return walkItems(data as readonly Value[], leaf);
  return isDict<Value>(data) ? walkEntries(data as PyDict<Value>, leaf) : data;
}

function walkItems(items: readonly Value[], leaf: (text: string) => Value): Value {
  const walked = mapWanting(items, (item) => walk(item, leaf));
  return walked.every((item, i) => item === items[i]) ? items : walked;
}

function walkEntries(dict: PyDict<Value>, leaf: (text: string) => Value): Value {
  const entries = dictEntries<Value>(dict);
  const walked = mapWanting(entries, ([key, value]) => [key, walk(value, leaf)] as const);
  return walked.every(([, value], i) => value === entries[i]?.[1]) ? dict : toDict<Value>(walked);
}

function isEmpty(scope: EvaluationScope): boolean {
  const { root, layers } = scope;
  if (root !== undefined) return !rootIsTrue(root);
  return layers.every((layer) => sizeOfDict(layer) === 0);
}

function rootIsTrue(root: Json): boolean {
  if (Array.isArray(root)) return root.length > 0;
  if (isDict(root)) return sizeOfDict(root) > 0;
  return typeof root === 'object' && root !== null ? Number(root) !== 0 : Boolean(root);
}

function isAllowed(language: Language, options: ExpressionOptions): boolean {
  return options.allowedLanguages?.includes(language) ?? true;
}

function disabled(language: Language): string {
  return `The '${language}' expression language is disabled by the operator.`;
}
