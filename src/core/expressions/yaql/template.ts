import { PyDict } from '../../shared/index.js';
import { EvaluationError, GrammarError } from '../errors.js';
import { NeedsData, type EvaluationScope } from '../scope.js';
import { pyRepr, pyStr, stripText, type Value } from '../values/index.js';
import { Compiler } from './compiler/compile.js';
import { registry } from './registry.js';
import { DataFrame } from './runtime/data-frame.js';
import type { Code } from './runtime/lambda.js';
import { YaqlSyntaxError } from './syntax/errors.js';
import { parse } from './syntax/parser.js';
import { convertOutput } from './values/output.js';
import { CodeCache } from './cache.js';

const EXPRESSION = /<%.*?%>/g;

/** Whether a text has a YAQL expression on one of its lines. */
export function hasYaql(text: string): boolean {
  return text.includes('<%') && text.search(EXPRESSION) >= 0;
}

/**
 * Checks the syntax of all expressions of a text.
 * @throws {GrammarError}
 */
export function validateYaql(text: string): void {
  for (const found of text.match(EXPRESSION) ?? []) {
    try {
      parse(stripped(found));
    } catch (error) {
      if (error instanceof YaqlSyntaxError)
        throw new GrammarError(error.message, error.position ?? undefined, { cause: error });
      throw error;
    }
  }
}

/** One expression of a text: what stands there, and its code. */
interface Piece {
  readonly found: string;
  readonly source: string;
  readonly code: Code;
}

const templates = new CodeCache<readonly Piece[]>(4_000, (text) => (text.match(EXPRESSION) ?? []).map(pieceOf));

/**
 * Evaluates a text with YAQL in it: to the value of its expression if that is all there is, otherwise to the text with
 * every expression replaced.
 * @throws {EvaluationError}
 */
export function evaluateYaql(text: string, scope: EvaluationScope): Value {
  const pieces = templates.get(text);
  const [first] = pieces;
  if (first === undefined) return text;
  if (first.found.length === text.length) return evaluatePiece(first, scope);
  let result = text;
  for (const piece of pieces) {
    const shown = shownText(evaluatePiece(piece, scope));
    result = result.replaceAll(piece.found, () => shown);
  }
  return result;
}

function pieceOf(found: string): Piece {
  const source = stripped(found);
  return { found, source, code: compiled(source) };
}

const compiler = new Compiler(registry);

/** Dicts with unusual keys are objects of the value model, but show as any dict. */
function shownText(value: Value): string {
  return value instanceof PyDict ? pyRepr(value) : pyStr(value);
}

/** Syntax errors surface when the expression is evaluated, each at its turn. */
function compiled(source: string): Code {
  try {
    return compiler.compile(parse(source));
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Without the delimiters, and whatever of their characters comes next to them. */
function stripped(found: string): string {
  return stripText(found.replace(/^[<%>]+|[<%>]+$/g, ''), null, 'both');
}

function evaluatePiece(piece: Piece, scope: EvaluationScope): Value {
  const frame = new DataFrame(scope, registry);
  try {
    return convertOutput(piece.code(frame), frame.runtime);
  } catch (error) {
    if (error instanceof NeedsData) throw error;
    throw failure(piece.source, error);
  }
}

function failure(source: string, cause: unknown): EvaluationError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EvaluationError(`Can not evaluate YAQL expression [expression=${source}, error=${reason}]`, { cause });
}
