import { describe, expect, it } from '@jest/globals';
import {
  Allowance,
  EvaluationError,
  type EvaluationBounds,
  type EvaluationScope,
  evaluateToJson,
  mapWanting,
  NeedsEvaluation,
} from './index.js';

const LIMIT_MS = 20;

/** A clock that goes on by so much at each look. */
function clock(msPerLook: number): () => number {
  let now = 0;
  return () => (now += msPerLook);
}

function scopeWith(bounds: Partial<EvaluationBounds> = {}, msPerLook = 0): EvaluationScope {
  const allowance = new Allowance(clock(msPerLook), LIMIT_MS);
  return {
    layers: [{ a: 1 }],
    functions: { uuid: () => 'id', now: () => 0, random: () => 0 },
    bounds: { allowance, recall: () => undefined, isHeavy: () => false, ...bounds },
  };
}

describe.each([
  ['YAQL', '<% range(3000).select($ * 2).sum() %>', '<% $.a + 1 %>'],
  ['Jinja', '{{ range(3000) | map("string") | list | length }}', '{{ _.a + 1 }}'],
])('an evaluation in %s that a decision waits for', (_, long, short) => {
  it('is done at once while there is time', () => {
    expect(evaluateToJson(short, scopeWith())).toBe(2);
  });

  it('is wanted elsewhere when its time is over', () => {
    const scope = scopeWith({}, 15);

    expect(wantedBy(() => evaluateToJson(long, scope))).toEqual([{ text: long, scope }]);
  });

  it('is wanted elsewhere when others have used up the time', () => {
    const scope = scopeWith({}, LIMIT_MS * 4);
    evaluateToJson(short, scope);

    expect(wantedBy(() => evaluateToJson(short, scope))).toHaveLength(1);
  });

  it('is wanted elsewhere at once when it took long before', () => {
    expect(wantedBy(() => evaluateToJson(short, scopeWith({ isHeavy: () => true })))).toHaveLength(1);
  });

  it('is recalled', () => {
    const recall = () => ({ kind: 'value', value: 7 }) as const;
    expect(evaluateToJson(long, scopeWith({ recall }, 15))).toBe(7);
  });

  it('fails as it has failed elsewhere', () => {
    const recall = () => ({ kind: 'error', error: new EvaluationError('no') }) as const;
    expect(() => evaluateToJson(long, scopeWith({ recall }))).toThrow('no');
  });
});

it.each([
  ['a list of a million items', '<% range(1000000).toList() %>'],
  ['a text of 100,000 characters', "{{ 'a' * 100000 }}"],
  ['an expression of 20,000 characters', `<% ${'1 + '.repeat(5_000)}1 %>`],
])('%s is not begun where a decision waits', (_, text) => {
  expect(wantedBy(() => evaluateToJson(text, scopeWith()))).toHaveLength(1);
});

describe('mapWanting', () => {
  const wanting = (text: string): never => {
    throw new NeedsEvaluation([{ text, scope: scopeWith() }]);
  };

  it('asks for all that is wanted together', () => {
    expect(wantedBy(() => mapWanting(['a', 'b'], wanting)).map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('does not let a later error hide what is wanted first', () => {
    const mixed = (text: string): string => (text === 'bad' ? fail() : wanting(text));

    expect(wantedBy(() => mapWanting(['a', 'bad', 'c'], mixed)).map(({ text }) => text)).toEqual(['a']);
    expect(() => mapWanting(['bad', 'a'], mixed)).toThrow('bad');
  });

  it('ends when there is no more time, after one item at least', () => {
    expect(mapWanting([1, 2, 3], String, () => false)).toEqual(['1']);
  });
});

function fail(): never {
  throw new EvaluationError('bad');
}

function wantedBy(evaluation: () => unknown) {
  try {
    evaluation();
  } catch (error) {
    if (error instanceof NeedsEvaluation) return error.wanted;
    throw error;
  }
  throw new Error('nothing was wanted');
}
