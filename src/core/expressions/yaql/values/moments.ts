import { DateTime, TimeSpan } from '../../values/index.js';

export const UTC = new TimeSpan(0n);

/** A moment that knows its offset: without one, as dates of YAML texts may be, it counts as UTC. */
export function aware(moment: DateTime): DateTime {
  return moment.offset === null ? new DateTime(moment.wallMicros, UTC) : moment;
}
