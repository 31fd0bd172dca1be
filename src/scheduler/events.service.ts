import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '../config/index.js';
import { type JsonObject, MistralError } from '../core/shared/index.js';
import { DeferredStarts } from '../engine/index.js';
import { EventTriggerStore } from '../store/index.js';
import { triggeredStart } from './triggered-start.js';

/** Something that happened outside. */
export interface OutsideEvent {
  readonly exchange: string;
  readonly topic: string;
  /** Its sort, e.g. `compute.instance.create.end`. */
  readonly event: string;
  /** What workflows see as `event_params` in their parameters. */
  readonly payload: JsonObject;
  /** Whose event it is: only triggers of that project and public ones react. Without it, those of all projects do. */
  readonly projectId?: string;
}

/** The door for events from outside, whatever broker they come by. */
@Injectable()
export class EventsService {
  constructor(
    private readonly triggers: EventTriggerStore,
    private readonly starts: DeferredStarts,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Starts the workflows that wait for an event: all of them, or none when it rejects; then the event may come again.
   * @returns the ids of the executions
   */
  async fireEvent({ payload, projectId, ...kind }: OutsideEvent): Promise<readonly string[]> {
    return this.starts.within(async (tx, ask) => {
      const ids: string[] = [];
      for (const trigger of await this.triggers.listening(tx, kind, projectId)) {
        const { name, workflowParams } = trigger;
        const params = { ...workflowParams, event_params: payload };
        const request = triggeredStart('event trigger', { ...trigger, workflowParams: params }, { name });
        try {
          ids.push(await ask(request, trigger.projectId, trigger.id));
        } catch (error) {
          if (!(error instanceof MistralError)) throw error;
          const fields = { eventTriggerId: trigger.id, reason: error.message };
          this.logger.warn(fields, 'an event trigger could not start its workflow');
        }
      }
      return ids;
    });
  }
}
