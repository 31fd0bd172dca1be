import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { until } from './until.js';

/** A TypeScript program that runs as a process of its own, so that it can be killed. */
export interface Child {
  readonly pid: number;
  /** All lines it wrote so far, on both streams. */
  readonly lines: readonly string[];
  /** Waits for a line that begins so, and returns what follows. */
  line(start: string): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  ended(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/**
 * Starts `program` (a path from the project's folder) with node and no build.
 * @param env  variables on top of ours
 */
export function startChild(program: string, args: readonly string[], env: Record<string, string> = {}): Child {
  const nodeArgs = ['--import', './test/support/typescript.mjs', program, ...args];
  const child = spawn(process.execPath, nodeArgs, {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ending = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const lines = collectLines(child);
  return {
    pid: child.pid ?? 0,
    lines,
    line: (start) => until(() => lines.find((line) => line.startsWith(start))?.slice(start.length)),
    kill: (signal) => {
      child.kill(signal);
      return ending;
    },
    ended: () => ending,
  };
}

function collectLines(child: ChildProcess): readonly string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface(stream).on('line', (line) => lines.push(line));
  }
  return lines;
}
