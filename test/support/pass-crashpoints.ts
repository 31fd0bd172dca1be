/** A program for specs: passes the crash point `here` five times. */
import { writeSync } from 'node:fs';
import { crashpoint } from '../../src/config/index.js';

for (let passing = 1; passing <= 5; passing += 1) {
  writeSync(1, `passing ${String(passing)}\n`);
  crashpoint('here');
}
