import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Of 19, the lowest; the service itself runs at 0. */
const NICE = 10;

/** Lets everything else of the service go first where the system can tell threads apart (Linux); elsewhere nothing happens. */
export function lowerPriority(): void {
  try {
    const thread = /\d+$/.exec(readlinkSync('/proc/thread-self'))?.[0];
    if (thread !== undefined) setPriority(Number(thread), NICE);
  } catch {
    // The machine has no such file, or doesn't allow it: the threads then have the priority of all.
  }
}
