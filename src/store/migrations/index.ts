import { Definitions1764000000001 } from './0001-definitions.js';
import { Executions1764000000002 } from './0002-executions.js';
import { Wakeups1764000000003 } from './0003-wakeups.js';
import { WorkflowTimeouts1764000000010 } from './0010-workflow-timeouts.js';
import { WorkflowVersions1764000000020 } from './0020-workflow-versions.js';
import { EnvironmentVersions1764000000021 } from './0021-environment-versions.js';
import { ListIndexes1764000000030 } from './0030-list-indexes.js';
import { ExecutionTrees1764000000040 } from './0040-execution-trees.js';
import { WaitingActions1764000000050 } from './0050-waiting-actions.js';
import { FairTurns1764000000051 } from './0051-fair-turns.js';
import { Deletions1764000000060 } from './0060-deletions.js';
import { FatalDecisions1764000000061 } from './0061-fatal-decisions.js';
import { ExecutorNodes1764000000070 } from './0070-executor-nodes.js';
import { OwnLeases1764000000071 } from './0071-own-leases.js';

/** All migrations, oldest first. */
export const MIGRATIONS = [
  Definitions1764000000001,
  Executions1764000000002,
  Wakeups1764000000003,
  WorkflowTimeouts1764000000010,
  WorkflowVersions1764000000020,
  EnvironmentVersions1764000000021,
  ListIndexes1764000000030,
  ExecutionTrees1764000000040,
  WaitingActions1764000000050,
  FairTurns1764000000051,
  Deletions1764000000060,
  FatalDecisions1764000000061,
  ExecutorNodes1764000000070,
  OwnLeases1764000000071,
] as const;
