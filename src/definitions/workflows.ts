import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { ForbiddenError, InputError, NotFoundError } from '../core/shared/index.js';
import {
  Database,
  JsonText,
  type Owned,
  referenceOf,
  type Tx,
  type Viewer,
  type WorkflowDefinitionRow,
  WorkflowDefinitionStore,
} from '../store/index.js';
import { changeable, type DefinitionOptions, readScope } from './ownership.js';
import { holdStill, type ExpectedTags, matching } from './preconditions.js';
import { DefinitionParser } from './definition-parser.js';
import type { WorkflowContent } from './parsed-definitions.js';

const MODEL = 'WorkflowDefinition';

/** Definitions of workflows. */
@Injectable()
export class Workflows {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkflowDefinitionStore) private readonly store: WorkflowDefinitionStore,
    @Inject(DefinitionParser) private readonly parser: DefinitionParser,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the verdict as JSON */
  validate(text: string): Promise<string> {
    return this.parser.verdict('workflows', text);
  }

  /**
   * Stores all workflows of a text, or none.
   * @returns their identifiers, in the order of the text
   */
  async create(text: string, options: DefinitionOptions, owner: Viewer): Promise<readonly string[]> {
    const scope = readScope(options.scope);
    const definitions = await this.parser.read('workflows', text, owner.projectId);
    const place = { ...newRow(owner, this.clock), namespace: options.namespace, scope, isSystem: false };
    const rows = definitions.map((definition) => ({ ...place, id: randomUUID(), ...workflowRow(definition) }));
    await this.database.transaction(async (tx) => {
      await putSpecs(tx, this.store, definitions);
      await this.store.create(tx, rows);
    });
    return rows.map(({ id }) => id);
  }

  /**
   * Replaces the workflows that a text names, all or none; with an identifier the only one in the text replaces that one.
   * @returns their identifiers, in the order of the text
   */
  async update(
    text: string,
    options: DefinitionOptions,
    owner: Viewer,
    identifier?: string,
  ): Promise<readonly string[]> {
    const scope = readScope(options.scope);
    const definitions = await this.parser.read('workflows', text, owner.projectId);
    if (identifier !== undefined && definitions.length > 1) {
      throw new InputError(
        `More than one workflows are not supported for update with identifier. [identifier: ${identifier}]`,
      );
    }
    return this.database.transaction(async (tx) => {
      await holdStill(tx, options.ifMatch);
      const rows: Owned<WorkflowDefinitionRow>[] = [];
      for (const definition of definitions) {
        const found = await this.existing(tx, owner, identifier ?? definition.name, options.namespace);
        const row = matching(found, options.ifMatch);
        if (scope === 'private') await this.checkMayHide(tx, row);
        rows.push({ ...row, scope, ...workflowRow(definition) });
      }
      await putSpecs(tx, this.store, definitions);
      const stored = await this.store.update(tx, rows);
      const gone = rows.find(({ id }) => !stored.some((row) => row.id === id));
      if (gone !== undefined) throw new NotFoundError(notFoundText(gone.name, options.namespace));
      return rows.map(({ id }) => id);
    });
  }

  /** @param identifier  id, or name in the namespace */
  async delete(identifier: string, namespace: string, owner: Viewer, ifMatch?: ExpectedTags): Promise<void> {
    const attempt = (): Promise<void> => this.deleteUnused(identifier, namespace, owner, ifMatch);
    try {
      await attempt();
    } catch (error) {
      if (referenceOf(error) === undefined) throw error;
      // A trigger was created meanwhile; this time it is seen.
      await attempt();
    }
  }

  private async deleteUnused(
    identifier: string,
    namespace: string,
    owner: Viewer,
    ifMatch: ExpectedTags,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdStill(tx, ifMatch);
      const row = matching(await this.existing(tx, owner, identifier, namespace), ifMatch);
      await this.checkNoTriggers(tx, row.id, identifier, namespace);
      if (!(await this.store.delete(tx, row))) throw new NotFoundError(notFoundText(identifier, namespace));
    });
  }

  private async existing(
    tx: Tx,
    owner: Viewer,
    identifier: string,
    namespace: string,
  ): Promise<Owned<WorkflowDefinitionRow>> {
    const row = await this.store.find(tx, owner, identifier, { namespaces: [namespace] });
    return changeable(row, owner, MODEL, notFoundText(identifier, namespace));
  }

  private async checkNoTriggers(tx: Tx, id: string, identifier: string, namespace: string): Promise<void> {
    const triggers = await this.store.triggersOf(tx, id);
    const kind = triggers[0]?.kind;
    if (kind === undefined) return;
    const ids = triggers.filter((trigger) => trigger.kind === kind).map((trigger) => trigger.id);
    throw new InputError(
      `Can't delete workflow that has ${kind} triggers associated. [workflow_identifier=${identifier}, ` +
        `namespace=${namespace}], [${kind}_trigger_id(s)=${ids.join(', ')}]`,
    );
  }

  /** A public workflow that other projects have triggers on must not become private. */
  private async checkMayHide(tx: Tx, row: WorkflowDefinitionRow): Promise<void> {
    if (row.scope !== 'public') return;
    const triggers = await this.store.triggersOf(tx, row.id);
    const other = triggers.find((trigger) => trigger.projectId !== row.projectId);
    if (other === undefined) return;
    throw new ForbiddenError(
      `Can not update scope of workflow that has ${other.kind} triggers associated in other tenants. ` +
        `[workflow_identifier=${row.id}]`,
    );
  }
}

/** Stores what was parsed, before the definitions that name it. */
export async function putSpecs(
  tx: Tx,
  store: WorkflowDefinitionStore,
  definitions: readonly WorkflowContent[],
): Promise<void> {
  await store.putSpecs(tx, new Map(definitions.map(({ specId, specText }) => [specId, specText])));
}

/** What a definition says of its row; the rest is where it belongs. */
export function workflowRow(content: WorkflowContent) {
  const { name, definition, specId, checksum, tags, workbookName, inputText } = content;
  const jsonText = new JsonText(content.interfaceText);
  return { name, definition, specId, checksum, tags, workbookName, inputText, interface: jsonText };
}

/** Owner, dates and count of changes of something new. */
export function newRow(owner: Viewer, clock: Clock) {
  return { projectId: owner.projectId, createdAt: clock.now(), updatedAt: null, version: 1 } as const;
}

function notFoundText(identifier: string, namespace: string): string {
  return `Workflow not found [workflow_identifier=${identifier}, namespace=${namespace}]`;
}
