import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

describe('the settings of the sandbox', () => {
  it('have defaults', () => {
    expect(readSettings({ JAVASCRIPT_THREADS: ' ' })).toEqual({ threads: 2, cpuMs: 10_000, mostCpuMs: 60_000 });
  });

  it('are whole numbers', () => {
    expect(readSettings({ JAVASCRIPT_THREADS: '4', JAVASCRIPT_CPU_SECONDS: '1' })).toEqual({
      threads: 4,
      cpuMs: 1_000,
      mostCpuMs: 60_000,
    });
  });

  it('have one that counts above all', () => {
    expect(readSettings({ JAVASCRIPT_MAX_SECONDS: '5' })).toMatchObject({ cpuMs: 5_000, mostCpuMs: 5_000 });
  });

  it.each(['0', '65', '-1', '1.5', 'many'])('refuse %s threads with one sentence', (text) => {
    expect(() => readSettings({ JAVASCRIPT_THREADS: text })).toThrow(
      `JAVASCRIPT_THREADS: got "${text}", expected a whole number from 1 to 64`,
    );
  });
});
