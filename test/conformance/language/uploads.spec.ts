import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { validate } from '../../../src/core/expressions/index.js';
import { parseActions, parseWorkbook, parseWorkflows } from '../../../src/core/language/index.js';

/** A definition that was sent to Mistral and what it answered; `@@` stands for a suffix of the name. */
interface Upload {
  readonly id: string;
  readonly kind: 'workflows' | 'actions' | 'workbooks';
  readonly text: string;
  readonly valid: boolean;
  readonly names?: readonly string[];
  readonly fault?: string;
}

const uploads = readFileSync(new URL('uploads.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Upload);

function namesIn({ kind, text }: Upload): readonly string[] {
  const filled = text.replaceAll('@@', '_x');
  const options = { validateExpression: (expression: string): void => validate(expression) };
  if (kind === 'workbooks') return [parseWorkbook(filled, options).name];
  const definitions = kind === 'actions' ? parseActions(filled, options) : parseWorkflows(filled, options);
  return definitions.map(({ spec }) => spec.name);
}

describe('definitions as Mistral takes or refuses them', () => {
  it.each(uploads.filter(({ valid }) => valid).map((upload) => [upload.id, upload] as const))(
    'takes %s',
    (_, upload) => {
      const names = namesIn(upload).map((name) => name.replaceAll('_x', '@@'));

      if (upload.names !== undefined) expect([...names].sort()).toEqual(upload.names);
    },
  );

  const refused = uploads.filter(({ valid }) => !valid);

  it.each(refused.map((upload) => [upload.id, upload] as const))('refuses %s', (_, upload) => {
    expect(() => namesIn(upload)).toThrow(Error);
  });

  it('says why in the same words in 95 of 100 cases', () => {
    const withFault = refused.filter(({ fault }) => fault !== undefined);
    const different = withFault.filter((upload) => messageOf(upload) !== upload.fault).map(({ id }) => id);

    expect({ different, isEnough: different.length <= withFault.length * 0.05 }).toMatchObject({ isEnough: true });
  });
});

function messageOf(upload: Upload): string {
  try {
    namesIn(upload);
    return '';
  } catch (error) {
    return (error as Error).message.replaceAll('_x', '@@');
  }
}
