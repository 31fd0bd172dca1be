import { afterEach, describe, expect, it } from '@jest/globals';
import { type DataFunctions, type EvaluationScope, evaluateToJson, NeedsData } from '../../core/expressions/index.js';
import { type Json, type JsonObject, parseJson } from '../../core/shared/index.js';
import type { Evaluations } from './evaluations.js';
import { Evaluator } from './evaluator.js';

const FUNCTIONS: DataFunctions = {
  uuid: () => '01234567-89ab-4def-8123-456789abcdef',
  now: () => 1_000_000,
  random: () => 0.5,
};
/** Takes longer than a decision may, and is 3. */
const LONG = 'range(60000).select($ * 2).sum() * 0 + 3';

let evaluator: Evaluator;

afterEach(() => evaluator.onApplicationShutdown());

function start(more: Partial<ConstructorParameters<typeof Evaluator>[0]> = {}): void {
  evaluator = new Evaluator({ evaluationThreads: 2, evaluationMemoryMb: 64, evaluationTimeoutSeconds: 60, ...more });
}

/** Decides for as long as something is wanted; `data` gives the context anew each time. */
function evaluated(text: string, data: () => JsonObject, functions: Partial<DataFunctions> = {}): Promise<Json> {
  return deciding((evaluations) => {
    const scope: EvaluationScope = {
      layers: [data()],
      functions: { ...FUNCTIONS, ...functions },
      bounds: evaluations.bounds('root'),
    };
    return evaluateToJson(text, scope);
  });
}

function deciding<T>(decision: (evaluations: Evaluations) => T): Promise<T> {
  return evaluator.deciding((evaluations) => new Promise((resolve) => resolve(decision(evaluations))));
}

describe('an evaluation that is too much for a decision', () => {
  it.each([
    [`<% ${LONG} + $.a %>`, 10],
    [`<% [${LONG}, $.b, $.c.d] %>`, [3, [1, null], 'é']],
    [`<% $.f + ${LONG} %>`, parseJson('7.0')],
    [`<% [$.keys(), ${LONG}].flatten() %>`, ['2', '1', 'a', 'b', 'c', 'f', 3]],
    ['{{ (range(60000) | map("string") | list | length) + _.a }}', 60_007],
  ])('%s is what it would be there', async (text, value) => {
    start();
    const data = () => parseJson('{"2": 0, "1": 0, "a": 7, "b": [1, null], "c": {"d": "é"}, "f": 4.0}') as JsonObject;

    expect(await evaluated(text, data)).toEqual(value);
  });

  it('fails as it would there', async () => {
    start();
    await expect(evaluated(`<% ${LONG} + $.a.b.c %>`, () => ({ a: 1 }))).rejects.toThrow(
      /^Can not evaluate YAQL expression \[expression=range/,
    );
  });

  it('asks for the answers of functions, and for data that has to be loaded first', async () => {
    start();
    const loaded = new Set<string>();
    const task = (name: string | null): Json => {
      if (loaded.has(name ?? '')) return { name, result: 5 };
      loaded.add(name ?? '');
      throw new NeedsData('task');
    };
    const untilLoaded = async (): Promise<Json> => {
      try {
        return await evaluated(`<% ${LONG} + task(x).result + task(y).result %>`, () => ({}), { task });
      } catch (error) {
        if (error instanceof NeedsData) return untilLoaded();
        throw error;
      }
    };

    expect(await untilLoaded()).toBe(13);
  });

  it('is made again when the data has changed meanwhile', async () => {
    start();
    let a = 1;
    let attempts = 0;
    const data = (): JsonObject => {
      attempts += 1;
      if (attempts === 2) a = 2;
      return { a };
    };

    expect(await evaluated(`<% ${LONG} + $.a %>`, data)).toBe(5);
    expect(attempts).toBe(3);
  });

  it('is not made again when only other data has changed', async () => {
    start();
    let attempts = 0;

    expect(await evaluated(`<% ${LONG} + $.a %>`, () => ({ a: 1, b: ++attempts }))).toBe(4);
    expect(attempts).toBe(2);
  });

  it('gives ids and times as a decision does', async () => {
    start();
    const [id, time] = (await evaluated(`<% [uuid(), now(), ${LONG}] %>`, () => ({}))) as readonly string[];

    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
    expect(time).toBe('1970-01-01 00:00:01+00:00');
  });

  it('fails when it takes longer than a thread may', async () => {
    start({ evaluationTimeoutSeconds: 0.2 });
    const text = "<% ('a' * 50000) =~ '(a|aa)+$b' %>";

    await expect(evaluated(text, () => ({}))).rejects.toThrow(
      `The expression takes longer than 0.2 s, the limit set by EVALUATION_TIMEOUT_SECONDS [expression=${text}]`,
    );
  });

  it('fails when it needs more memory than a thread has', async () => {
    start({ evaluationMemoryMb: 16 });
    const text = '<% range(1500000).select(str($) + str($)).toList().len() %>';

    await expect(evaluated(text, () => ({}))).rejects.toThrow(
      `The expression needs more than 16 MiB of memory, the limit set by EVALUATION_MEMORY_MB [expression=${text}]`,
    );
  });
});
