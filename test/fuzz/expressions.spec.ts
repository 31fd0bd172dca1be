import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkText, setCanary, type Canary } from './checks.js';
import { contexts, scopeOf } from './context.js';
import { jinjaExpressions, jinjaSoups, jinjaTemplates } from './jinja-texts.js';
import { yaqlExpressions, yaqlSoups } from './yaql-texts.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? (process.env['CI'] === 'true' ? 60 : 10));

const KINDS: readonly (readonly [name: string, texts: fc.Arbitrary<string>])[] = [
  ['expressions of YAQL', yaqlExpressions.map((text) => `<% ${text} %>`)],
  [
    'texts with YAQL',
    fc.array(yaqlExpressions, { maxLength: 3 }).map((all) => all.map((text) => `x <% ${text} %>`).join()),
  ],
  ['tokens of YAQL', fc.tuple(yaqlSoups, yaqlSoups).map(([a, b]) => `${a}<%${b}%>`)],
  ['expressions of Jinja', jinjaExpressions.map((text) => `{{ ${text} }}`)],
  ['templates of Jinja', jinjaTemplates.map((text) => `${text}{{ '' }}`)],
  ['tokens of Jinja', fc.tuple(jinjaSoups, jinjaSoups).map(([a, b]) => `${a}{{${b}}}`)],
];

describe(`any text in any context (FUZZ_SEED=${SEED})`, () => {
  let canary: Canary;
  beforeAll(() => {
    canary = setCanary();
  });
  afterAll(() => {
    canary.remove();
  });

  it.each(KINDS)(
    'is evaluated to data or to an error, always the same, within its budget: %s',
    (_name, texts) => {
      const results = { data: 0, errors: 0 };
      const property = fc.property(texts, contexts, (text, data) => {
        const { isResult } = checkText(text, scopeOf(data));
        results[isResult ? 'data' : 'errors']++;
      });
      const time = { interruptAfterTimeLimit: (SECONDS * 1000) / KINDS.length, markInterruptAsFailure: false };

      fc.assert(property, { seed: SEED, numRuns: 10_000_000, ...time });

      console.log(JSON.stringify(results));
      expect(canary.hits()).toBe(0);
      expect(results.errors).toBeGreaterThan(0);
      expect(results.data).toBeGreaterThan(0);
    },
    SECONDS * 2000 + 60_000,
  );
});
