import { describe, expect, it } from '@jest/globals';
import {
  evaluateToJson,
  EvaluationError,
  GrammarError,
  validate,
  type EvaluationScope,
} from '../../src/core/expressions/index.js';
import { SMALL_BOMBS, BOMBS, DEEP_TEXTS } from './bomb-payloads.js';
import { scopeOf } from './context.js';

/** A tenth of the budget that evaluations have in a workflow, to keep the run short. */
const TENTH = scopeOf({ a: 1 }, { maxSteps: 500_000, maxOutput: 2_000_000 });
const WHOLE = scopeOf({ a: 1 }, {});
/** They take a fraction of a second, and with a test runner's heap to collect a few; what nothing bounds takes minutes. */
const CPU_LIMIT_MS = 20_000;

interface Attempt {
  readonly error: unknown;
  readonly cpu: number;
}

function attempt(text: string, scope: EvaluationScope = TENTH): Attempt {
  const start = process.cpuUsage();
  let error: unknown;
  try {
    evaluateToJson(text, scope);
  } catch (caught) {
    error = caught;
  }
  return { error, cpu: process.cpuUsage(start).user / 1000 };
}

describe('expressions that would take too much', () => {
  it.each(BOMBS)('end in an error: %s', (text) => {
    const { error, cpu } = attempt(text);

    expect(error).toBeInstanceOf(EvaluationError);
    expect(cpu).toBeLessThan(CPU_LIMIT_MS);
  });

  it.each(SMALL_BOMBS)('are quick when they only look like it: %s', (text) => {
    const { error, cpu } = attempt(text, WHOLE);

    expect(error).toBeUndefined();
    expect(cpu).toBeLessThan(CPU_LIMIT_MS);
  });
});

describe('ten thousand levels of nesting in a text', () => {
  it.each(DEEP_TEXTS)('are refused when it is read: %s', (_name, text) => {
    expect(() => {
      validate(text);
    }).toThrow(GrammarError);
    expect(attempt(text).error).toBeInstanceOf(EvaluationError);
  });

  it.each([
    ['a sum', `<% 1${'+1'.repeat(10_000)} %>`],
    ['a path', `<% $${'.a'.repeat(10_000)} %>`],
    ['a chain of filters', `{{ 1${'|abs'.repeat(10_000)} }}`],
    ['a sum in Jinja', `{{ 1${'+1'.repeat(10_000)} }}`],
    ['a pattern', `<% a =~ '${'('.repeat(10_000)}a${')'.repeat(10_000)}' %>`],
    ['data', `<% json_parse('${'['.repeat(10_000)}${']'.repeat(10_000)}') %>`],
    ['data in Jinja', `{{ yaml_parse('${'['.repeat(10_000)}${']'.repeat(10_000)}') }}`],
  ])('are an error of evaluation where they can be read: %s', (_name, text) => {
    validate(text);

    expect(attempt(text).error).toBeInstanceOf(EvaluationError);
  });
});
