import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { InputError, type JsonObject, NotFoundError } from '../core/shared/index.js';
import { type CronTriggerRow, CronTriggerStore, Database, type Tx, type Viewer } from '../store/index.js';
import { type AskedPlan, planOf } from './cron-plan.js';
import { changeable, checkLength, readScope } from './ownership.js';
import { hashOf, MAX_TRIGGER_NAME, orNotFound, TriggerTargets } from './trigger-target.js';

/** A cron trigger as a client asks for it. */
export interface NewCronTrigger extends AskedPlan {
  readonly name: string;
  /** Id of a workflow, or a name in the default namespace. */
  readonly workflow: string | undefined;
  readonly workflowInput: JsonObject;
  readonly workflowParams: JsonObject;
  readonly scope: string;
}

/** Triggers that start workflows at given times. */
@Injectable()
export class CronTriggers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CronTriggerStore) private readonly store: CronTriggerStore,
    @Inject(TriggerTargets) private readonly targets: TriggerTargets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns its identifier */
  async create(trigger: NewCronTrigger, owner: Viewer): Promise<string> {
    const now = this.clock.now();
    const { name, workflow } = trigger;
    checkLength(name, MAX_TRIGGER_NAME);
    const scope = readScope(trigger.scope);
    const plan = planOf(trigger, now);
    if (workflow === undefined) {
      throw new InputError('Workflow ID or workflow name must be provided. Workflow ID is recommended.');
    }
    const place = { id: randomUUID(), projectId: owner.projectId, scope, name, createdAt: now, updatedAt: null };
    const notFound = `Workflow not found [workflow_identifier=${workflow}, namespace=]`;
    await orNotFound(notFound, () =>
      this.database.transaction(async (tx) => {
        const target = await this.targetOf(tx, owner, trigger, { identifier: workflow, notFound });
        await this.store.create(tx, { ...place, ...plan, ...target });
      }),
    );
    return place.id;
  }

  /** Executions that it has started stay. */
  async delete(identifier: string, owner: Viewer): Promise<void> {
    const notFound = `Cron trigger not found [identifier=${identifier}]`;
    await this.database.transaction(async (tx) => {
      const row = await this.store.find(tx, owner, identifier);
      const own = changeable(row, owner, 'CronTrigger', notFound);
      if (!(await this.store.delete(tx, own))) throw new NotFoundError(notFound);
    });
  }

  private async targetOf(
    tx: Tx,
    owner: Viewer,
    { workflowInput, workflowParams }: NewCronTrigger,
    wanted: { readonly identifier: string; readonly notFound: string },
  ) {
    const workflow = await this.targets.find(tx, owner, wanted);
    await this.targets.checkInput(tx, workflow, workflowInput);
    return {
      workflowId: workflow.id,
      workflowName: workflow.name,
      workflowInput,
      workflowInputHash: hashOf(workflowInput),
      workflowParams,
      workflowParamsHash: hashOf(workflowParams),
    } satisfies Partial<CronTriggerRow>;
  }
}
