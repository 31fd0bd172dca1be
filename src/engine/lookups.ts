import { EvaluationError, NeedsData } from '../core/expressions/index.js';
import type { AdhocAction, DataKey, PlainAction, WorkflowDefinition } from '../core/flow/index.js';
import type { Json, JsonObject } from '../core/shared/index.js';
import type { DataStore, Found, LookupStore, Tx } from '../store/index.js';
import type { DefinitionCache } from './definition-cache.js';
import type { TreeSizes } from './tree-sizes.js';

type Want =
  | { readonly kind: 'workflow' | 'action' | 'dynamic-action'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'env' | 'tree-size'; readonly rootExecutionId: string }
  | { readonly kind: 'data'; readonly key: DataKey };

/**
 * Look-ups of one transaction. What is not known yet is noted and thrown as NeedsData; `load` then fetches it within the
 * transaction, and the decision is made again.
 */
export class Lookups {
  private readonly environments = new Map<string, JsonObject>();
  private readonly data = new Map<string, Found>();
  private want: Want | undefined;

  constructor(
    private readonly tx: Tx,
    private readonly projectId: string,
    private readonly definitions: DefinitionCache,
    private readonly store: LookupStore,
    private readonly queries: DataStore,
    private readonly trees?: TreeSizes,
  ) {}

  workflow(name: string, namespace: string): WorkflowDefinition | undefined {
    const known = this.definitions.knownWorkflow(this.projectId, name, namespace);
    if (known === undefined) throw this.needs({ kind: 'workflow', name, namespace });
    if (known !== null || namespace === '') return known ?? undefined;
    return this.workflow(name, '');
  }

  action(name: string, namespace: string): AdhocAction | undefined {
    const known = this.definitions.knownAction(this.projectId, name, namespace);
    if (known === undefined) throw this.needs({ kind: 'action', name, namespace });
    return known ?? undefined;
  }

  /** In the namespace, else in the default one. */
  dynamicAction(name: string, namespace: string): PlainAction | undefined {
    const known = this.definitions.knownDynamicAction(this.projectId, name, namespace);
    if (known === undefined) throw this.needs({ kind: 'dynamic-action', name, namespace });
    return known ?? undefined;
  }

  rootEnv(rootExecutionId: string): JsonObject {
    const known = this.environments.get(rootExecutionId);
    if (known === undefined) throw this.needs({ kind: 'env', rootExecutionId });
    return known;
  }

  /** Executions below a root, those that wait to be started included. */
  treeSize(rootExecutionId: string): number {
    const known = this.trees?.of(rootExecutionId);
    if (known === undefined) throw this.needs({ kind: 'tree-size', rootExecutionId });
    return known;
  }

  /** An environment that this transaction knows better than the database. */
  setRootEnv(rootExecutionId: string, env: JsonObject): void {
    this.environments.set(rootExecutionId, env);
  }

  dataFor(key: DataKey): Json {
    const text = JSON.stringify(key);
    const found = this.data.get(text);
    if (found === undefined) throw this.needs({ kind: 'data', key });
    if (found.kind === 'too much') throw new EvaluationError(found.message);
    return found.data;
  }

  /** Fetches what the last NeedsData asked for. */
  async load(): Promise<void> {
    const { want, tx, projectId } = this;
    this.want = undefined;
    if (want === undefined) return;
    switch (want.kind) {
      case 'workflow':
        await this.definitions.loadWorkflow(tx, projectId, want.name, want.namespace);
        return;
      case 'action':
        await this.definitions.loadAction(tx, projectId, want.name, want.namespace);
        return;
      case 'dynamic-action':
        await this.definitions.loadDynamicAction(tx, projectId, want.name, want.namespace);
        return;
      case 'env': {
        const params = (await this.store.params(tx, want.rootExecutionId)) as JsonObject | undefined;
        this.environments.set(want.rootExecutionId, (params?.['env'] ?? {}) as JsonObject);
        return;
      }
      case 'tree-size':
        this.trees?.setCounted(want.rootExecutionId, await this.store.treeSize(tx, want.rootExecutionId));
        return;
      case 'data':
        this.data.set(JSON.stringify(want.key), await this.queries.fetch(tx, projectId, want.key));
    }
  }

  private needs(want: Want): NeedsData {
    this.want = want;
    return new NeedsData(want.kind);
  }
}
