import type { FlowSettings, StartRequest } from '../core/flow/index.js';
import type { MistralError } from '../core/shared/index.js';
import type { Tx } from '../store/index.js';
import type { Budget } from './budget.js';
import type { DefinitionCache } from './definition-cache.js';
import type { Evaluations } from './evaluation/index.js';
import type { Lookups } from './lookups.js';
import type { Pace } from './pace.js';
import type { ActionPort } from './ports.js';
import type { TreeSizes } from './tree-sizes.js';

/** For whom a transaction decides. */
export interface UnitOwner {
  readonly executionId: string;
  readonly projectId: string;
  readonly rootExecutionId: string;
  readonly evaluations: Evaluations;
}

/** What a unit of work works with. */
export interface UnitParts {
  readonly tx: Tx;
  readonly lookups: Lookups;
  readonly definitions: DefinitionCache;
  readonly actions: ActionPort;
  readonly settings: FlowSettings;
  readonly budget: Budget;
  readonly pace: Pace;
  readonly trees: TreeSizes;
  /** Takes a decision, which somebody watches. */
  readonly watched: <T>(decide: () => T) => T;
  readonly evaluations: Evaluations;
  /** Whose evaluations they are. */
  readonly rootExecutionId: string;
  /** Microseconds since 1970. */
  readonly startedAt: number;
  /** Notes a start that a trigger asked for and that can't be: nobody waits for its answer. */
  readonly refused: (request: StartRequest, why: MistralError) => void;
}
