import { type AdhocAction, bytesOf, type PlainAction, type WorkflowDefinition } from '../core/flow/index.js';
import { actionFromRaw, workflowFromRaw, type WorkflowSpec } from '../core/language/index.js';
import type { JsonObject } from '../core/shared/index.js';
import type { FoundWorkflow, LookupStore, Tx } from '../store/index.js';
import { dynamicAction } from './dynamic-action.js';

/** Of the texts that specs were made of; what is made of them takes some times as much. */
const MAX_SPEC_BYTES = 24 * 1024 * 1024;
const MAX_NAMES = 10_000;

interface CachedSpec {
  readonly spec: WorkflowSpec;
  readonly bytes: number;
}

/** What was looked up by name, `null` for what is not there; absent means not looked up yet. */
type Known<T> = Map<string, T | null>;

/**
 * Definitions by name, valid as long as nobody writes a definition (the epoch), and specs by content, valid for ever.
 * A spec is built, and its expressions compiled, once per content.
 */
export class DefinitionCache {
  private epoch = -1;
  private readonly workflows: Known<WorkflowDefinition> = new Map();
  private readonly actions: Known<AdhocAction> = new Map();
  private readonly dynamicActions: Known<PlainAction> = new Map();
  private readonly specs = new Map<string, CachedSpec>();
  private specBytes = 0;

  constructor(private readonly lookups: LookupStore) {}

  /** To be called with the epoch that a transaction has read before it looks anything up. */
  at(epoch: number): void {
    const names = this.workflows.size + this.actions.size + this.dynamicActions.size;
    const isFull = this.specBytes > MAX_SPEC_BYTES || names > MAX_NAMES;
    if (epoch === this.epoch && !isFull) return;
    this.workflows.clear();
    this.actions.clear();
    this.dynamicActions.clear();
    this.epoch = epoch;
    for (const [id, { bytes }] of this.specs) {
      if (this.specBytes <= MAX_SPEC_BYTES / 2) return;
      if (isFull) this.forget(id, bytes);
    }
  }

  knownWorkflow(projectId: string, name: string, namespace: string): WorkflowDefinition | null | undefined {
    return this.workflows.get(keyOf(projectId, name, namespace));
  }

  knownAction(projectId: string, name: string, namespace: string): AdhocAction | null | undefined {
    return this.actions.get(keyOf(projectId, name, namespace));
  }

  knownDynamicAction(projectId: string, name: string, namespace: string): PlainAction | null | undefined {
    return this.dynamicActions.get(keyOf(projectId, name, namespace));
  }

  async loadWorkflow(tx: Tx, projectId: string, name: string, namespace: string): Promise<WorkflowDefinition | null> {
    const { epoch } = this;
    const found = await this.lookups.workflowByName(tx, projectId, name, namespace);
    const definition = found === undefined ? null : await this.define(tx, found);
    if (epoch === this.epoch) this.workflows.set(keyOf(projectId, name, namespace), definition);
    return definition;
  }

  async loadAction(tx: Tx, projectId: string, name: string, namespace: string): Promise<AdhocAction | null> {
    const { epoch } = this;
    const found = await this.lookups.action(tx, projectId, name, namespace);
    const action = found === undefined ? null : { ...found, spec: actionFromRaw(found.spec as JsonObject) };
    if (epoch === this.epoch) this.actions.set(keyOf(projectId, name, namespace), action);
    return action;
  }

  async loadDynamicAction(tx: Tx, projectId: string, name: string, namespace: string): Promise<void> {
    const { epoch } = this;
    const action = (await this.lookups.hasDynamicAction(tx, projectId, name, namespace)) ? dynamicAction(name) : null;
    if (epoch === this.epoch) this.dynamicActions.set(keyOf(projectId, name, namespace), action);
  }

  async define(tx: Tx, found: FoundWorkflow): Promise<WorkflowDefinition> {
    return { ref: found, spec: await this.spec(tx, found.specId) };
  }

  async spec(tx: Tx, specId: string): Promise<WorkflowSpec> {
    const known = this.specs.get(specId);
    if (known !== undefined) return known.spec;
    const raw = await this.lookups.spec(tx, specId);
    if (raw === undefined) throw new Error(`workflow_specs has no row ${specId}`);
    const spec = workflowFromRaw(raw as JsonObject);
    const bytes = bytesOf(raw);
    if (!this.specs.has(specId)) this.specBytes += bytes;
    this.specs.set(specId, { spec, bytes });
    return spec;
  }

  private forget(specId: string, bytes: number): void {
    this.specs.delete(specId);
    this.specBytes -= bytes;
  }
}

function keyOf(projectId: string, name: string, namespace: string): string {
  return `${projectId}\n${namespace}\n${name}`;
}
