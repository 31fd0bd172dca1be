import type { PackSettings } from '@tramontane/plugin-sdk';

/** What the operator allows, e.g. `{ threads: 2, cpuMs: 10_000 }`. */
export interface JavascriptSettings {
  /** Scripts that run at the same time in one process. */
  readonly threads: number;
  /** Computing time of a script whose task has no timeout. */
  readonly cpuMs: number;
  /** Computing time that no timeout raises. */
  readonly mostCpuMs: number;
}

/** The environment variables of this pack and what they are for. */
export const SETTINGS = {
  JAVASCRIPT_THREADS: 'Scripts that run at the same time in one process; absent: 2.',
  JAVASCRIPT_CPU_SECONDS: 'Seconds that a script may compute when its task has no timeout; absent: 10.',
  JAVASCRIPT_MAX_SECONDS: 'Seconds that a script may compute whatever the timeout of its task; absent: 60.',
} as const;

/** @throws {TypeError} with the name of the setting that can't be read */
export function readSettings(settings: PackSettings): JavascriptSettings {
  const mostCpuMs = (positive(settings, 'JAVASCRIPT_MAX_SECONDS', 86_400) ?? 60) * 1000;
  return {
    mostCpuMs,
    threads: positive(settings, 'JAVASCRIPT_THREADS', 64) ?? 2,
    cpuMs: Math.min((positive(settings, 'JAVASCRIPT_CPU_SECONDS', 86_400) ?? 10) * 1000, mostCpuMs),
  };
}

function positive(settings: PackSettings, name: string, most: number): number | undefined {
  const text = settings[name]?.trim() ?? '';
  if (text === '') return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most)
    throw new TypeError(`${name}: got "${text}", expected a whole number from 1 to ${most}`);
  return number;
}
