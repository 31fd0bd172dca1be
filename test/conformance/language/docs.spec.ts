import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { validate } from '../../../src/core/expressions/index.js';
import { Run } from '../../../src/core/flow/a-run.js';
import { lint, parseActions, parseWorkbook } from '../../../src/core/language/index.js';
import type { Json, JsonObject } from '../../../src/core/shared/index.js';

const DOCS = new URL('../../../docs/language.md', import.meta.url);
const OPTIONS = { validateExpression: (text: string) => validate(text) };

interface Example {
  /** The first line, which says what it gives. */
  readonly promise: string;
  readonly yaml: string;
}

const EXAMPLES: readonly Example[] = [...readFileSync(DOCS, 'utf8').matchAll(/```yaml\n# (.*)\n([^]*?)```/g)].map(
  ([, promise = '', yaml = '']) => ({ promise, yaml }),
);

/** `input {…} gives {…}`, `params {…} gives {…}`, `input {…} is refused: text`, `ends in ERROR: text`. */
function given(promise: string, name: 'input' | 'params'): JsonObject {
  const [, text] = new RegExp(`${name} (\\{.*?\\}) (?:gives|is refused)`).exec(promise) ?? [];
  return text === undefined ? {} : (JSON.parse(text) as JsonObject);
}

function textAfter(promise: string, words: string): string | undefined {
  return promise.includes(words) ? promise.slice(promise.indexOf(words) + words.length).trim() : undefined;
}

describe('the page of the language', () => {
  const workflows = EXAMPLES.filter(({ promise }) => !/^an? (?:action|workbook)$/.test(promise));

  it.each(workflows)('gives an example that holds: $promise', ({ promise, yaml }) => {
    const run = new Run(yaml);
    const start = () => run.start(given(promise, 'input'), given(promise, 'params'));
    const refused = textAfter(promise, 'is refused:');
    if (refused !== undefined) {
      expect(start).toThrow(refused);
      return;
    }
    start();
    while (run.state === 'RUNNING') run.fire();
    const expected = textAfter(promise, 'gives');
    if (expected !== undefined) expect([run.state, run.output]).toEqual(['SUCCESS', JSON.parse(expected) as Json]);
    else {
      expect(run.state).toBe('ERROR');
      expect(run.flow().execution.stateInfo).toContain(textAfter(promise, 'ends in ERROR:'));
    }
  });

  it.each(workflows)('has nothing that the linter finds: $promise', ({ yaml }) => {
    expect(lint(yaml, OPTIONS)).toEqual([]);
  });

  it('has an action and a workbook that can be uploaded', () => {
    const textOf = (promise: string) => EXAMPLES.find((example) => example.promise === promise)?.yaml ?? '';

    expect(parseActions(textOf('an action'), OPTIONS)).toHaveLength(1);
    expect(parseWorkbook(textOf('a workbook'), OPTIONS).workflows).toHaveLength(1);
  });

  it('shows every form of promise', () => {
    expect(EXAMPLES.length).toBeGreaterThan(12);
  });
});
