export { type CivilParts } from './civil.js';
export { DateTime } from './date-time.js';
export { TimeSpan } from './time-span.js';
export { parseDateTime } from './lenient.js';
export { strftime } from './strftime.js';
export { strptime } from './strptime.js';
