import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { evalLine } from '../../../src/core/expressions/index.js';
import { DECLARATIONS } from '../../../src/core/expressions/yaql/index.js';
import { parseJson, stringifyJson, type JsonObject } from '../../../src/core/shared/index.js';
import { FAKE_FUNCTIONS } from './fake-functions.js';
import { renderDocs } from './render-docs.js';

const DOCS = new URL('../../../docs/expressions.md', import.meta.url);

describe('the page of expressions', () => {
  it('is what the declarations say', async () => {
    const rendered = await format(renderDocs(), { parser: 'markdown' });
    if (process.env.UPDATE_DOCS !== undefined) writeFileSync(DOCS, rendered);

    expect(readFileSync(DOCS, 'utf8')).toBe(rendered);
  });

  const examples = DECLARATIONS.flatMap(({ example }) => (example === null ? [] : [example]));
  it.each(examples)('gives an example that holds: %s → %s', (expression, result) => {
    const line = stringifyJson({ expr: `<% ${expression} %>`, ctx: {} });
    const answer = parseJson(evalLine(line, FAKE_FUNCTIONS)) as JsonObject;

    expect(stringifyJson(answer.ok === true ? answer.result : answer)).toBe(stringifyJson(parseJson(result)));
  });

  it('has an example for every function', () => {
    expect(DECLARATIONS.filter(({ example }) => example === null)).toEqual([]);
  });
});
