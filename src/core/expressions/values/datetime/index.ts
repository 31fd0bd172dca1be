export { type CivilParts } from './civil.js';
export { DateTime, offsetText } from './date-time.js';
export { TimeSpan, type TimeSpanParts } from './time-span.js';
