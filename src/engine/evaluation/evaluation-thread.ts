import {
  type ContextLayers,
  type DataFunctions,
  EvaluationError,
  evaluateToJson,
  type EvaluationScope,
  NeedsData,
} from '../../core/expressions/index.js';
import { type Json, type JsonObject, MistralError, parseJson, stringifyJson } from '../../core/shared/index.js';
import { type JobContext, serveJobs } from '../../threads/index.js';
import { RandomSource } from '../random-source.js';
import type { AskedFunction, EvaluationAnswer, EvaluationJob, Question, Reply } from './evaluation-job.js';

/** Longest result, in characters of JSON: it has to be taken over by the thread that decides. */
const LONGEST_RESULT = 16 * 2 ** 20;

/** A thread that evaluates expressions. */
serveJobs<EvaluationJob, EvaluationAnswer>((job, { ask }) => {
  const startedAtMs = performance.now();
  const outcome = outcomeOf(job, ask);
  return { ...outcome, ms: performance.now() - startedAtMs };
});

function outcomeOf(job: EvaluationJob, ask: JobContext['ask']) {
  try {
    const text = stringifyJson(evaluateToJson(job.text, scopeOf(job, ask)), { style: 'python', ascii: false });
    if (text.length <= LONGEST_RESULT) return { kind: 'value', text } as const;
    return { kind: 'error', message: tooLong(job.text, text.length) } as const;
  } catch (error) {
    if (error instanceof NeedsData) return { kind: 'needs-data' } as const;
    if (error instanceof MistralError) return { kind: 'error', message: error.message } as const;
    throw error;
  }
}

function tooLong(text: string, length: number): string {
  return `The result of the expression is too large: ${String(length)} characters of JSON, expected at most ${String(LONGEST_RESULT)} [expression=${text}]`;
}

function scopeOf(job: EvaluationJob, ask: JobContext['ask']): EvaluationScope {
  const data = (question: Question): Json => dataOf(ask(question) as Reply | undefined);
  const context = { layers: layersOf(job, data), functions: functionsOf(job, data), ...job.options };
  return job.hasRoot ? { ...context, root: data({ kind: 'root' }) } : context;
}

function dataOf(reply: Reply | undefined): Json {
  if (reply?.kind === 'data') return parseJson(reply.text, { allowNaN: true });
  if (reply?.kind === 'error') throw new EvaluationError(reply.message);
  throw new NeedsData('an answer');
}

/** Layers that fetch a value when it is read first. */
function layersOf({ layers }: EvaluationJob, data: (question: Question) => Json): ContextLayers {
  return layers.map((keys, layer) =>
    keys === null ? (data({ kind: 'layer', layer }) as JsonObject) : lazyLayer(layer, keys, data),
  );
}

function lazyLayer(layer: number, keys: readonly string[], data: (question: Question) => Json): JsonObject {
  const lazy: Record<string, Json> = {};
  for (const key of keys) {
    let value: Json | undefined;
    const get = (): Json => (value ??= data({ kind: 'value', layer, key }));
    Object.defineProperty(lazy, key, { get, enumerable: true });
  }
  return lazy;
}

function functionsOf(job: EvaluationJob, data: (question: Question) => Json): DataFunctions {
  const random = new RandomSource(job.seed);
  let { now } = job;
  const call =
    (name: AskedFunction) =>
    (argument: unknown = null): Json =>
      data({ kind: 'call', name, argument } as Question);
  return {
    ...Object.fromEntries(job.functions.map((name) => [name, call(name)])),
    uuid: () => random.uuid(),
    now: () => now++,
    random: () => random.fraction(),
  };
}
