import {
  evaluate,
  evaluateToJson,
  EvaluationError,
  GrammarError,
  validate,
  type EvaluationScope,
  type Value,
} from '../../src/core/expressions/index.js';
import {
  isPlainObject,
  MistralError,
  PyDict,
  PyFloat,
  PyObject,
  stringifyJson,
  YamlError,
} from '../../src/core/shared/index.js';

/** What an evaluation came to: JSON text of its result, or the message of its error. */
export interface Outcome {
  readonly isResult: boolean;
  readonly text: string;
}

const HOST_TEXT = /\[native code\]|\[object [A-Z]|\bclass \w+ extends|\.[jt]s:\d+|HIT THE CANARY/;
const CPU_LIMIT_MS = 2_000;

/** Reads of a property that all objects of the host inherit. */
export interface Canary {
  readonly hits: () => number;
  readonly remove: () => void;
}

/** Gives every object of the host a property `canary`; whoever looks names up without asking who owns them finds it. */
export function setCanary(): Canary {
  let hits = 0;
  const get = (): string => {
    hits++;
    return 'HIT THE CANARY';
  };
  const set = function (this: object, value: unknown): void {
    Object.defineProperty(this, 'canary', { value, configurable: true, enumerable: true, writable: true });
  };
  Object.defineProperty(Object.prototype, 'canary', { get, set, configurable: true, enumerable: false });
  const remove = (): void => {
    Reflect.deleteProperty(Object.prototype, 'canary');
  };
  return { hits: () => hits, remove };
}

/** Evaluates a text twice and checks everything that has to hold for any text at all. */
export function checkText(text: string, scope: EvaluationScope): Outcome {
  checkValidation(text);
  const before = stringifyJson(scope.layers);
  const first = measured(() => outcomeOf(text, scope));
  const again = measured(() => outcomeOf(text, scope));
  // Whoever was interrupted by the machine is seldom interrupted twice.
  if (first.cpu > CPU_LIMIT_MS && again.cpu > CPU_LIMIT_MS) throw new Error(`takes ${again.cpu} ms of a small budget`);
  if (first.outcome.text !== again.outcome.text)
    throw new Error(`then ${first.outcome.text}, now ${again.outcome.text}`);
  if (stringifyJson(scope.layers) !== before) throw new Error('the data was changed');
  if (HOST_TEXT.test(first.outcome.text)) throw new Error(`shows the host: ${first.outcome.text}`);
  checkValue(text, scope);
  return first.outcome;
}

function measured(run: () => Outcome): { readonly outcome: Outcome; readonly cpu: number } {
  const start = process.cpuUsage();
  const outcome = run();
  return { outcome, cpu: process.cpuUsage(start).user / 1000 };
}

/** Evaluates as the engine does. @throws for an error that is not one of evaluation */
export function outcomeOf(text: string, scope: EvaluationScope): Outcome {
  try {
    return { isResult: true, text: stringifyJson(evaluateToJson(text, scope)) };
  } catch (error) {
    return { isResult: false, text: messageOf(error) };
  }
}

function checkValidation(text: string): void {
  try {
    validate(text);
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    checkCauses(error);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof EvaluationError) && !(error instanceof GrammarError)) throw error;
  checkCauses(error);
  return error.message;
}

/** Errors of the host may hide as causes: only the end of the stack is one to expect. */
function checkCauses(error: Error): void {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof MistralError || cause instanceof YamlError) continue;
    if (cause instanceof RangeError && cause.message === 'Maximum call stack size exceeded') continue;
    throw cause;
  }
}

/** Values that have no JSON form yet are checked as they are. */
function checkValue(text: string, scope: EvaluationScope): void {
  let value: Value;
  try {
    value = evaluate(text, scope);
  } catch {
    return;
  }
  checkPlain(value, 0);
}

function checkPlain(value: unknown, depth: number): void {
  if (depth > 50 || value === null || value instanceof PyDict || value instanceof PyFloat) return;
  if (['boolean', 'number', 'bigint', 'string'].includes(typeof value)) return;
  if (Array.isArray(value))
    value.forEach((item) => {
      checkPlain(item, depth + 1);
    });
  else if (isPlainObject<unknown>(value))
    Object.values(value).forEach((item) => {
      checkPlain(item, depth + 1);
    });
  else if (!(value instanceof PyObject)) throw new Error(`gives a value of the host: ${typeof value}`);
}
