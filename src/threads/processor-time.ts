import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;
/** Where the times in user and kernel mode stand behind the name of the thread, which may have blanks. */
const [USER, KERNEL] = [11, 12];

/** The number the system knows the present thread by; undefined where threads have none, as outside of Linux. */
export function threadNumber(): number | undefined {
  try {
    return Number(basename(readlinkSync('/proc/thread-self')));
  } catch {
    return undefined;
  }
}

/** Processor time that a thread of this process has used, in milliseconds; undefined where the system does not say. */
export function processorMs(thread: number | undefined): number | undefined {
  if (thread === undefined) return undefined;
  try {
    const text = readFileSync(`/proc/self/task/${String(thread)}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[USER]) + Number(fields[KERNEL])) * MS_PER_TICK;
  } catch {
    return undefined;
  }
}
