import type { ActionDefinition, ExecutionInfo } from '@tramontane/plugin-sdk';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, crashpoint, LOGGER, type Logger } from '../config/index.js';
import type { ActionOutcome } from '../engine/index.js';
import type { ClaimedAction } from '../store/index.js';
import { outcomeOf } from './action-outcome.js';
import { OutcomeReporter } from './outcome-reporter.js';
import type { ActionResult } from './result.js';
import { runAction } from './run-action.js';
import { RunnableActions } from './runnable-actions.js';
import { ActionStopped, stoppedOutcome } from './stopped-action.js';

/** For the word that an action was stopped, which its own signal can't limit. */
const REPORT_WITHIN_MS = 60_000;

/** Runs claimed actions and reports their outcomes. */
@Injectable()
export class ClaimedActionRunner {
  constructor(
    @Inject(RunnableActions) private readonly actions: RunnableActions,
    @Inject(OutcomeReporter) private readonly reporter: OutcomeReporter,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns whether the outcome has been reported; an action that was told to stop has none, unless nobody waited for it */
  async run(claimed: ClaimedAction, signal: AbortSignal): Promise<boolean> {
    crashpoint('action.claimed');
    const logger = this.logger.child({ actionId: claimed.id, action: claimed.name, executionId: claimed.executionId });
    try {
      const outcome = await this.outcome(claimed, signal, logger);
      crashpoint('action.ran');
      const isStopped = signal.reason instanceof ActionStopped;
      return await this.reporter.report(claimed, outcome, isStopped ? AbortSignal.timeout(REPORT_WITHIN_MS) : signal);
    } catch (error) {
      if (signal.aborted) logger.warn({ err: signal.reason as Error }, 'an action was stopped');
      else logger.error({ err: error }, 'an action could not be run');
      return false;
    }
  }

  private async outcome(
    claimed: ClaimedAction,
    signal: AbortSignal,
    logger: Logger,
  ): Promise<ActionOutcome | 'pending'> {
    const { projectId, workflowNamespace } = claimed;
    const action = await this.actions.find(claimed.runName, { projectId, namespace: workflowNamespace ?? '' });
    if (action === undefined)
      return { state: 'ERROR', result: `Failed to find action [action_name=${claimed.runName}]` };
    if (claimed.unwanted !== null) return stoppedOutcome(claimed.unwanted, action, claimed);
    try {
      return outcomeOf(await this.result(action, claimed, signal, logger));
    } catch (error) {
      if (signal.reason instanceof ActionStopped) return stoppedOutcome(signal.reason.why, action, claimed);
      throw error;
    }
  }

  private result(
    action: ActionDefinition,
    claimed: ClaimedAction,
    signal: AbortSignal,
    logger: Logger,
  ): Promise<ActionResult> {
    return runAction(action, {
      input: claimed.input,
      execution: this.executionInfo(claimed),
      idempotencyKey: claimed.id,
      timeoutSeconds: claimed.timeoutSeconds ?? 0,
      signal,
      logger,
      now: () => this.clock.now() / 1000,
    });
  }

  private executionInfo(claimed: ClaimedAction): ExecutionInfo {
    return {
      workflowExecutionId: claimed.executionId,
      taskExecutionId: claimed.taskExecutionId,
      actionExecutionId: claimed.id,
      workflowName: claimed.workflowName,
      projectId: claimed.projectId,
      rootExecutionId: claimed.rootExecutionId,
      callbackUrl: `${(this.config.publicUrl ?? '').replace(/\/+$/, '')}/v2/action_executions/${claimed.id}`,
    };
  }
}
