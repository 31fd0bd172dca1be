import { firstDelimited } from '../../shared/index.js';
import { EvaluationError, GrammarError } from '../errors.js';
import { NeedsData } from '../needs-data.js';
import type { EvaluationScope } from '../scope.js';
import { TextCache } from '../text-cache.js';
import type { Value } from '../values/index.js';
import { compileTemplate, compileWhole, type Compiled } from './compile/index.js';
import { FILTERS } from './filters/index.js';
import { exportValue } from './export.js';
import { getAttribute, getItem } from './methods/index.js';
import { NeedsCopy, Run, Undefined, type Registry } from './runtime/index.js';
import { parseTemplate } from './syntax/index.js';
import { TESTS } from './tests.js';

/** Names without which no markup can come up. */
const MARKUP_MAKERS = /\be\b|escape|safe|tojson|lipsum/;

const PATH = /^\{\{\s*_(?:\.\w+)*\s*\}\}$/;

const REGISTRY: Registry = {
  filter: (name) => FILTERS.get(name),
  test: (name) => TESTS.get(name),
  attribute: getAttribute,
  item: getItem,
};

/** Whether a text has a Jinja expression or statement whose delimiters stand on one line. */
export function recognisesJinja(text: string): boolean {
  if (!text.includes('{')) return false;
  return firstDelimited(text, '{{', '}}') !== undefined || firstDelimited(text, '{%', '%}') !== undefined;
}

/**
 * Checks the syntax of a text as a template; filters and tests are not looked up.
 * @throws {GrammarError}
 */
export function validateJinja(text: string): void {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof RangeError)
      throw new GrammarError('The template is nested too deeply', undefined, { cause: error });
    if (!(error instanceof GrammarError)) throw error;
    throw new GrammarError(`Syntax error '${error.message}'.`, error.position, { cause: error });
  }
}

interface Program {
  readonly run: Compiled;
  /** Whether values may be marked as safe HTML. */
  readonly mayMakeMarkup: boolean;
  /** Whether the value is a part of the context as it stands. */
  readonly isPath: boolean;
  /** Whether a run has turned out to change lists or dicts. */
  changesData: boolean;
}

const programs = new TextCache<Program>(4_000, compile);

function compile(text: string): Program {
  const first = firstDelimited(text, '{{', '}}');
  const isWhole = first?.found.length === text.length;
  const mayMakeMarkup = isWhole && MARKUP_MAKERS.test(text);
  const run = isWhole ? compileWhole(first.inner) : compileTemplate(text);
  return { run, mayMakeMarkup, isPath: PATH.test(text), changesData: false };
}

/**
 * Evaluates a text: to the value of any kind when it is one expression and nothing else, otherwise to the text it renders.
 * Lists and dicts may be changed while it runs; the data given stays as it is.
 * @throws {EvaluationError} with a GrammarError as its cause where the text can't even be read
 */
export function evaluateJinja(text: string, scope: EvaluationScope): Value {
  try {
    if (scope.asOriginal === true) checkFirstExpression(text);
    return evaluateProgram(programs.get(text), scope);
  } catch (error) {
    if (error instanceof NeedsData) throw error;
    const cause = tooDeep(error) ?? error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EvaluationError(`Can not evaluate Jinja expression [expression=${text}, error=${reason}]`, { cause });
  }
}

/** Mistral looks at the first expression before anything else, and fails where there are statements only. */
function checkFirstExpression(text: string): void {
  if (firstDelimited(text, '{{', '}}') === undefined) throw new EvaluationError('list index out of range');
}

function evaluateProgram(program: Program, scope: EvaluationScope): Value {
  try {
    return runOnce(program, scope);
  } catch (error) {
    if (!(error instanceof NeedsCopy)) throw error;
    program.changesData = true;
    return runOnce(program, scope);
  }
}

function runOnce(program: Program, scope: EvaluationScope): Value {
  const run = new Run(scope, REGISTRY, program.changesData);
  const value = program.run(run);
  if (value instanceof Undefined) value.str();
  if (!program.isPath) run.weigh(value);
  return exportValue(value, program.mayMakeMarkup);
}

/** A template that calls itself for ever ends in the engine's own stack error. */
function tooDeep(error: unknown): EvaluationError | undefined {
  return error instanceof RangeError
    ? new EvaluationError('maximum recursion depth exceeded', { cause: error })
    : undefined;
}
