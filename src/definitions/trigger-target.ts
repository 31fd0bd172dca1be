import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { checkWorkflowInput } from '../core/flow/index.js';
import { workflowFromRaw } from '../core/language/index.js';
import { compareCodePoints, dictEntries, type JsonObject, NotFoundError, stringifyJson } from '../core/shared/index.js';
import {
  LookupStore,
  referenceOf,
  type Tx,
  type Viewer,
  type WorkflowDefinitionRow,
  WorkflowDefinitionStore,
} from '../store/index.js';

/** Longest name of a trigger, in characters. */
export const MAX_TRIGGER_NAME = 200;

/** What a trigger starts: a workflow that its project sees, with an input that fits. */
@Injectable()
export class TriggerTargets {
  constructor(
    @Inject(WorkflowDefinitionStore) private readonly workflows: WorkflowDefinitionStore,
    @Inject(LookupStore) private readonly lookups: LookupStore,
  ) {}

  /**
   * The workflow of an id, or of a name in the default namespace. Administrators too only start what their project sees.
   * @param notFound  text of the error without such a workflow
   * @throws {NotFoundError}
   */
  async find(
    tx: Tx,
    owner: Viewer,
    { identifier, by, notFound }: { readonly identifier: string; readonly by?: 'id'; readonly notFound: string },
  ): Promise<WorkflowDefinitionRow> {
    const found = await this.workflows.find(tx, { ...owner, isAdmin: false }, identifier, { by });
    if (found === undefined) throw new NotFoundError(notFound);
    return found;
  }

  /** @throws {InputError} `Invalid input [name=wf, class=DirectWorkflowSpec, missing=['vm']]` */
  async checkInput(tx: Tx, workflow: WorkflowDefinitionRow, input: JsonObject): Promise<void> {
    const raw = await this.lookups.spec(tx, workflow.specId);
    if (raw === undefined) throw new TypeError(`workflow_specs has no row ${workflow.specId}`);
    checkWorkflowInput(workflow.name, workflowFromRaw(raw as JsonObject), input);
  }
}

/** The same for equal objects, in whatever order their keys are. */
export function hashOf(values: JsonObject): string {
  const entries = dictEntries(values).map(([key, value]) => [stringifyJson(key), stringifyJson(value)] as const);
  const sorted = entries.sort(([a], [b]) => compareCodePoints(a, b));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** A workflow that was deleted while a trigger for it was being written is one that was not there. */
export async function orNotFound<T>(notFound: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (referenceOf(error) === undefined) throw error;
    throw new NotFoundError(notFound, { cause: error });
  }
}
