import type { PlainAction } from '../core/flow/index.js';
import type { Json, JsonObject } from '../core/shared/index.js';

/** What the engine must know of actions; bound to the catalogue of plugin packages by the composition root. */
export abstract class ActionPort {
  abstract find(name: string): PlainAction | undefined;
}

/** Runs an action at once in this process, for POST /v2/action_executions with `run_sync`. */
export abstract class ActionRunner {
  /** @param place  whose dynamic actions there are, too; absent: none */
  abstract run(
    name: string,
    input: JsonObject,
    timeoutSeconds: number | null,
    place?: ActionPlace,
  ): Promise<RunOutcome>;
}

/** Where the name of an action is looked up. */
export interface ActionPlace {
  readonly projectId: string;
  readonly namespace: string;
}

export interface RunOutcome {
  readonly state: 'SUCCESS' | 'ERROR';
  readonly result: Json;
}
