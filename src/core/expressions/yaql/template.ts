import { findDelimited, firstDelimited, PyDict, type Delimited } from '../../shared/index.js';
import { EvaluationError, GrammarError } from '../errors.js';
import { NeedsData } from '../needs-data.js';
import type { EvaluationScope } from '../scope.js';
import { TextCache } from '../text-cache.js';
import { Budget, PyIterator, pyRepr, pyStr, stripText, weigh, type Value } from '../values/index.js';
import { Compiler } from './compiler/compile.js';
import { isDataPath } from './compiler/data-path.js';
import { registry } from './registry.js';
import { DataFrame } from './runtime/data-frame.js';
import type { Code } from './runtime/lambda.js';
import { YaqlSyntaxError } from './syntax/errors.js';
import { parse } from './syntax/parser.js';
import { convertOutput } from './values/output.js';

/** Whether a text has a YAQL expression on one of its lines. */
export function hasYaql(text: string): boolean {
  return firstDelimited(text, '<%', '%>') !== undefined;
}

/**
 * Checks the syntax of all expressions of a text.
 * @throws {GrammarError}
 */
export function validateYaql(text: string): void {
  for (const { found } of findDelimited(text, '<%', '%>')) {
    try {
      parse(undelimited(found));
    } catch (error) {
      if (!(error instanceof YaqlSyntaxError)) throw error;
      throw new GrammarError(error.message, error.position ?? undefined, { cause: error });
    }
  }
}

/** One expression of a text: what stands there, and its code. */
interface Piece {
  readonly found: string;
  readonly source: string;
  readonly code: Code;
  /** Whether it only picks a part of the data, which needs no conversion. */
  readonly isPath: boolean;
}

const templates = new TextCache<readonly Piece[]>(4_000, (text) =>
  Array.from(findDelimited(text, '<%', '%>'), pieceOf),
);

/**
 * Evaluates a text with YAQL in it: to the value of its expression if that is all there is, otherwise to the text with
 * every expression replaced.
 * @throws {EvaluationError}
 */
export function evaluateYaql(text: string, scope: EvaluationScope): Value {
  const pieces = templates.get(text);
  const [first] = pieces;
  if (first === undefined) return text;
  const frame = new DataFrame(scope, registry, new Budget(scope.limits, scope.bounds?.allowance));
  return first.found.length === text.length ? evaluatePiece(first, frame) : render(text, pieces, frame);
}

/** Every occurrence is replaced, also one that an earlier value has brought in. */
function render(text: string, pieces: readonly Piece[], frame: DataFrame): string {
  let result = text;
  for (const piece of pieces) {
    const shown = shownText(evaluatePiece(piece, frame), frame);
    const parts = result.split(piece.found);
    frame.runtime.budget.output(result.length + parts.length * shown.length);
    result = parts.join(shown);
  }
  return result;
}

function pieceOf({ found }: Delimited): Piece {
  const source = stripped(found);
  return { found, source, ...compiled(source) };
}

const compiler = new Compiler(registry);

/** Syntax errors surface when the expression is evaluated, each at its turn. */
function compiled(source: string): Pick<Piece, 'code' | 'isPath'> {
  try {
    const node = parse(source);
    return { code: compiler.compile(node), isPath: isDataPath(node) };
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return { code: fail, isPath: false };
  }
}

/** Without the delimiters, and whatever of their characters comes next to them; positions in messages count here. */
function undelimited(found: string): string {
  return stripText(found, '<%>');
}

/** What is evaluated. */
function stripped(found: string): string {
  return stripText(undelimited(found));
}

function evaluatePiece(piece: Piece, frame: DataFrame): Value {
  try {
    const value = piece.code(frame);
    const isData = piece.isPath && frame.runtime.limitIterators < 0 && !(value instanceof PyIterator);
    return isData ? value : convertOutput(value, frame.runtime);
  } catch (error) {
    if (error instanceof NeedsData) throw error;
    throw failure(piece.source, error);
  }
}

function failure(source: string, cause: unknown): EvaluationError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EvaluationError(`Can not evaluate YAQL expression [expression=${source}, error=${reason}]`, { cause });
}

/** Dicts with unusual keys are objects of the value model, but show as any dict. */
function shownText(value: Value, frame: DataFrame): string {
  if (typeof value === 'object' && value !== null) weigh(value, frame.runtime.budget);
  return value instanceof PyDict ? pyRepr(value) : pyStr(value);
}
