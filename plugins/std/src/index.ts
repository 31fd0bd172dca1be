import { definePack } from '@tramontane/plugin-sdk';
import { asyncNoop } from './async-noop.action.js';
import { echo } from './echo.action.js';
import { fail } from './fail.action.js';
import { noop } from './noop.action.js';
import { sleep } from './sleep.action.js';
import { testDict } from './test-dict.action.js';

/** The standard actions that need nothing but the process itself. */
export default definePack({ name: 'std', contract: 1, actions: [asyncNoop, echo, fail, noop, sleep, testDict] });
