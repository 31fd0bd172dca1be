import type { HeldPlaces, Shares } from '../store/index.js';

/** One part of so many is kept for others: for other root executions, and for other projects. */
const KEPT_FROM_ROOT = 4;
const KEPT_FROM_PROJECT = 8;

/**
 * What each may hold of the places of an executor: one root execution three quarters of them, one project seven eighths,
 * so that whoever comes next finds a place at once. Of fewer than 4 or 8 places none is kept.
 */
export function sharesOf(places: number, held: readonly HeldPlaces[]): Shares {
  const without = (part: number) => places - Math.floor(places / part);
  return { held, ofRoot: without(KEPT_FROM_ROOT), ofProject: without(KEPT_FROM_PROJECT) };
}

/** Whether somebody holds as much as it may. */
export function isFull({ held, ofRoot, ofProject }: Shares): boolean {
  const projects = new Map<string, number>();
  for (const { project, n } of held) projects.set(project, (projects.get(project) ?? 0) + n);
  return held.some(({ n }) => n >= ofRoot) || [...projects.values()].some((n) => n >= ofProject);
}
