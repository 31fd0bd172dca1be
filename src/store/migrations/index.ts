import { Definitions1764000000001 } from './0001-definitions.js';
import { Executions1764000000002 } from './0002-executions.js';
import { Wakeups1764000000003 } from './0003-wakeups.js';

/** All migrations, oldest first. */
export const MIGRATIONS = [Definitions1764000000001, Executions1764000000002, Wakeups1764000000003] as const;
