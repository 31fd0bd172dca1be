import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isAlive, startOf, worksIn } from './process-info.js';

describe('startOf', () => {
  it('stays the same while a process lives, and is gone with it', async () => {
    const child = spawn('/bin/sleep', ['60']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(startOf(pid)).toMatch(/\d/);
    expect(startOf(pid)).toBe(startOf(pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(pid)).toBe(false);
  });

  it('tells two processes apart', () => {
    expect(startOf(process.pid)).not.toBe(startOf(1));
  });

  it('takes a number without process as dead', () => {
    expect(startOf(2 ** 22 + 1)).toBeUndefined();
  });
});

describe('worksIn', () => {
  it('knows the folder in which a process works', () => {
    expect(worksIn(process.pid, process.cwd())).toBe(true);
    expect(worksIn(process.pid, '/nowhere')).toBe(false);
  });
});
