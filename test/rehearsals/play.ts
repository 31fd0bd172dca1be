import { readFileSync } from 'node:fs';
import { isExpectedError, parseRehearsal, rehearsalDifferences, rehearse } from '../../src/core/flow/index.js';
import { MistralError } from '../../src/core/shared/index.js';

/** Plays a rehearsal file. @returns how the result differs from what it expects */
export function play(folder: string, name: string): readonly string[] {
  const text = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');
  const { rehearsal, expect } = parseRehearsal(text(name), text);
  try {
    const result = rehearse(rehearsal);
    if (expect.error !== undefined) return [`error: expected ${expect.error}, got none`];
    return rehearsalDifferences(expect, result);
  } catch (error) {
    if (!(error instanceof MistralError)) throw error;
    return isExpectedError(expect, error.message) ? [] : [`error: ${error.message}`];
  }
}
