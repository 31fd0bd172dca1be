import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './lock-file.js';
import { startOf } from './process-info.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tramontane-lock-'));
  file = join(folder, 'lock');
});

afterEach(() => rm(folder, { recursive: true }));

function outcome(taking: Promise<unknown>): Promise<'taken' | 'refused'> {
  return taking.then(
    () => 'taken' as const,
    () => 'refused' as const,
  );
}

describe('takeLock', () => {
  it('can be taken again once it was given back', async () => {
    const release = await takeLock(file, folder);
    await release();
    expect(await readdir(folder)).toEqual([]);
    expect(await outcome(takeLock(file, folder))).toBe('taken');
  });

  it('goes to one of many that want it', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(takeLock(file, folder))));
    expect(outcomes.filter((one) => one === 'taken')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, start: 'x' }],
    ['an earlier process with the number of a living one', { pid: process.pid, start: 'x' }],
    ['a file that is damaged', 'no JSON'],
  ])('takes over from %s', async (_, holder) => {
    await writeFile(file, JSON.stringify(holder));
    expect(await outcome(takeLock(file, folder))).toBe('taken');
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('goes to one of many that find it stale', async () => {
    await writeFile(file, '{}');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(takeLock(file, folder))));
    expect(outcomes.filter((one) => one === 'taken')).toHaveLength(1);
  });

  it('names the living process that holds it', async () => {
    const holder = { pid: process.ppid, start: startOf(process.ppid) };
    await writeFile(file, JSON.stringify(holder));
    await expect(takeLock(file, '/data')).rejects.toThrow(
      `DATA_DIR /data is in use by process ${String(process.ppid)}`,
    );
  });
});
