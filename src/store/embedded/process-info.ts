import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What tells a process from a later one with the same number: the time it started. Undefined when no such process lives;
 * one that has ended and only waits to be collected by its parent does not live.
 */
export function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? linuxStart(pid) : ps(pid, 'lstart=');
}

/** Whether a process with this number lives, cheaply enough to ask several times a second. */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') return startOf(pid) !== undefined;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process is a PostgreSQL server that works in the folder `cluster`. */
export function worksIn(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return ps(pid, 'command=')?.includes(cluster) === true;
  try {
    return readlinkSync(`/proc/${String(pid)}/cwd`) === cluster;
  } catch {
    return false;
  }
}

function linuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold spaces; state is the first field after it, the start the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${bootId()}/${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function ps(pid: number, column: string): string | undefined {
  try {
    return (
      execFileSync('/bin/ps', ['-ww', '-o', column, '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { LC_ALL: 'C', TZ: 'UTC' },
      }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}
