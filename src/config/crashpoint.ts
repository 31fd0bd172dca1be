/** Where a crash test kills the process: the name of the place, and at which passing of it (from 1). */
export interface Crashpoint {
  readonly name: string;
  readonly passing: number;
}

/** Reads `commit.after:3`, or `commit.after` for the first passing; undefined when it is neither. */
export function parseCrashpoint(text: string): Crashpoint | undefined {
  const [, name, passing = '1'] = /^([\w.-]+)(?::([1-9]\d{0,8}))?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, passing: Number(passing) };
}

/**
 * A function that counts passings of the crash point named in `text` and calls `die` at the wanted one; any other name
 * costs one comparison.
 */
export function crashpoints(text: string | undefined, die: () => void): (name: string) => void {
  const target = text === undefined ? undefined : parseCrashpoint(text);
  if (target === undefined) return () => undefined;
  let left = target.passing;
  return (name) => {
    if (name === target.name && --left === 0) die();
  };
}

/**
 * Marks a place where crash tests end this process as abruptly as `kill -9` does: with `CRASHPOINT=commit.after:3` the
 * third `crashpoint('commit.after')` does not return. Without that variable it does nothing.
 */
export const crashpoint = crashpoints(process.env.CRASHPOINT, () => {
  process.kill(process.pid, 'SIGKILL');
});
