import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, LOGGER, type Logger } from '../config/index.js';
import { type JsonObject, StateError } from '../core/shared/index.js';
import { type ActionPlace, ActionPort, ActionRunner, type PlainAction, type RunOutcome } from '../engine/index.js';
import { answerOf } from './action-outcome.js';
import { ActionCatalogue } from './catalogue.js';
import { runAction } from './run-action.js';
import { RunnableActions } from './runnable-actions.js';
import { timeoutText } from './stopped-action.js';

/** What the engine asks about actions, answered by the catalogue. */
@Injectable()
export class CatalogueActionPort extends ActionPort {
  private readonly known = new Map<string, PlainAction>();

  constructor(@Inject(ActionCatalogue) private readonly catalogue: ActionCatalogue) {
    super();
  }

  find(name: string): PlainAction | undefined {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const made = plainAction(this.catalogue, name);
    if (made !== undefined) this.known.set(name, made);
    return made;
  }
}

const NOWHERE = {
  workflowExecutionId: null,
  taskExecutionId: null,
  actionExecutionId: null,
  workflowName: null,
  callbackUrl: null,
};

/** Runs actions at once, for requests that wait for the outcome. */
@Injectable()
export class CatalogueActionRunner extends ActionRunner {
  constructor(
    @Inject(RunnableActions) private readonly actions: RunnableActions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  /** @throws StateError when the action is unknown or its result comes later, from outside */
  async run(name: string, input: JsonObject, timeoutSeconds: number | null, place?: ActionPlace): Promise<RunOutcome> {
    const action = await this.actions.find(name, place);
    if (action === undefined) throw new StateError(`Failed to find action [action_name=${name}]`);
    const result = await runAction(action, {
      input,
      execution: { ...NOWHERE, projectId: place?.projectId ?? null },
      idempotencyKey: randomUUID(),
      timeoutSeconds: timeoutSeconds ?? 0,
      logger: this.logger.child({ action: name }),
      now: () => this.clock.now() / 1000,
    });
    if (result.kind === 'pending') throw new StateError('Action does not support synchronous execution.');
    return { state: result.kind === 'success' ? 'SUCCESS' : 'ERROR', result: result.data };
  }
}

function plainAction(catalogue: ActionCatalogue, name: string): PlainAction | undefined {
  const action = catalogue.find(name);
  if (action === undefined) return undefined;
  const runPure = (input: JsonObject, actionExecutionId: string) => {
    const result = catalogue.runPure(name, input, actionExecutionId);
    return result === undefined ? undefined : answerOf(result);
  };
  return {
    name,
    isAsync: action.isAsync,
    isSafeToRerun: action.isSafeToRerun,
    inputError: (input) => catalogue.checkInput(name, input),
    buildError: (input) => catalogue.checkBuild(name, input),
    timeoutError: (actionExecutionId, seconds) => timeoutText(action, actionExecutionId, seconds),
    ...(action.runPure === undefined ? {} : { runPure }),
  };
}
