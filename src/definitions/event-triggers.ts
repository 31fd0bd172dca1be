import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { type JsonObject, NotFoundError } from '../core/shared/index.js';
import { Database, type EventTriggerRow, EventTriggerStore, type Owned, type Tx, type Viewer } from '../store/index.js';
import { changeable, checkLength, readScope } from './ownership.js';
import { MAX_TRIGGER_NAME, orNotFound, TriggerTargets } from './trigger-target.js';

/** What a client says of an event trigger; what is undefined stays as it is, or gets its default. */
export interface EventTriggerPatch {
  readonly name: string | null | undefined;
  readonly workflowId: string | undefined;
  readonly workflowInput: JsonObject | undefined;
  readonly workflowParams: JsonObject | undefined;
  readonly scope: string | undefined;
}

/** An event trigger as a client asks for it. */
export interface NewEventTrigger extends EventTriggerPatch {
  readonly workflowId: string;
  readonly exchange: string;
  readonly topic: string;
  readonly event: string;
}

/** Triggers that start workflows at events from outside. */
@Injectable()
export class EventTriggers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventTriggerStore) private readonly store: EventTriggerStore,
    @Inject(TriggerTargets) private readonly targets: TriggerTargets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns its identifier */
  async create(trigger: NewEventTrigger, owner: Viewer): Promise<string> {
    const { exchange, topic, event } = trigger;
    const empty: EventTriggerRow = {
      id: randomUUID(),
      projectId: owner.projectId,
      createdAt: this.clock.now(),
      updatedAt: null,
      ...{ exchange, topic, event },
      ...{ name: null, workflowId: trigger.workflowId, workflowInput: {}, workflowParams: {}, scope: 'private' },
    };
    const row = patched(empty, trigger);
    await orNotFound(notFoundWorkflow(row), () =>
      this.database.transaction(async (tx) => {
        await this.checkTarget(tx, row, owner);
        await this.store.create(tx, row);
      }),
    );
    return row.id;
  }

  async update(id: string, patch: EventTriggerPatch, owner: Viewer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = patched(await this.existing(tx, id, owner), patch);
      if (patch.workflowId !== undefined || patch.workflowInput !== undefined) await this.checkTarget(tx, row, owner);
      const isThere = await orNotFound(notFoundWorkflow(row), () => this.store.update(tx, row));
      if (!isThere) throw new NotFoundError(notFoundText(id));
    });
  }

  async delete(id: string, owner: Viewer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.existing(tx, id, owner);
      if (!(await this.store.delete(tx, row))) throw new NotFoundError(notFoundText(id));
    });
  }

  private async existing(tx: Tx, id: string, owner: Viewer): Promise<Owned<EventTriggerRow>> {
    return changeable(await this.store.find(tx, owner, id), owner, 'EventTrigger', notFoundText(id));
  }

  /** Its project is what counts, also when an administrator changes it. */
  private async checkTarget(tx: Tx, row: EventTriggerRow, { isAdmin }: Viewer): Promise<void> {
    const owner = { projectId: row.projectId, isAdmin };
    const wanted = { identifier: row.workflowId, by: 'id', notFound: notFoundWorkflow(row) } as const;
    await this.targets.checkInput(tx, await this.targets.find(tx, owner, wanted), row.workflowInput);
  }
}

function patched<Row extends EventTriggerRow>(row: Row, patch: EventTriggerPatch): Row {
  if (patch.name != null) checkLength(patch.name, MAX_TRIGGER_NAME);
  return {
    ...row,
    name: patch.name === undefined ? row.name : patch.name,
    workflowId: patch.workflowId ?? row.workflowId,
    workflowInput: patch.workflowInput ?? row.workflowInput,
    workflowParams: patch.workflowParams ?? row.workflowParams,
    scope: patch.scope === undefined ? row.scope : readScope(patch.scope),
  };
}

function notFoundWorkflow({ workflowId }: EventTriggerRow): string {
  return `Workflow not found [workflow_id=${workflowId}]`;
}

function notFoundText(id: string): string {
  return `Event trigger not found [id=${id}].`;
}
