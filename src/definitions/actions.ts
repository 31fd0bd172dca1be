import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { InputError, NotFoundError } from '../core/shared/index.js';
import {
  type ActionDefinitionRow,
  ActionDefinitionStore,
  Database,
  JsonText,
  type Owned,
  type Tx,
  type Viewer,
} from '../store/index.js';
import { changeable, type DefinitionOptions, readScope } from './ownership.js';
import { holdStill, type ExpectedTags, matching } from './preconditions.js';
import { DefinitionParser } from './definition-parser.js';
import type { ActionContent } from './parsed-definitions.js';
import { newRow } from './workflows.js';

const MODEL = 'ActionDefinition';

/** Ad-hoc actions. */
@Injectable()
export class AdHocActions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ActionDefinitionStore) private readonly store: ActionDefinitionStore,
    @Inject(DefinitionParser) private readonly parser: DefinitionParser,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the verdict as JSON */
  validate(text: string): Promise<string> {
    return this.parser.verdict('actions', text);
  }

  /** @returns identifiers, in the order of the text */
  async create(text: string, options: DefinitionOptions, owner: Viewer): Promise<readonly string[]> {
    const scope = readScope(options.scope);
    const place = { ...newRow(owner, this.clock), namespace: options.namespace, scope, isSystem: false };
    const definitions = await this.parser.read('actions', text, owner.projectId);
    const rows = definitions.map((definition) => ({ ...place, id: randomUUID(), ...actionRow(definition) }));
    await this.database.transaction((tx) => this.store.create(tx, rows));
    return rows.map(({ id }) => id);
  }

  /** @returns identifiers, in the order of the text */
  async update(
    text: string,
    options: DefinitionOptions,
    owner: Viewer,
    identifier?: string,
  ): Promise<readonly string[]> {
    const scope = readScope(options.scope);
    const definitions = await this.parser.read('actions', text, owner.projectId);
    if (identifier !== undefined && definitions.length > 1) {
      throw new InputError(
        `More than one actions are not supported for update with identifier. [identifier: ${identifier}]`,
      );
    }
    return this.database.transaction(async (tx) => {
      await holdStill(tx, options.ifMatch);
      const rows: Owned<ActionDefinitionRow>[] = [];
      for (const definition of definitions) {
        const row = await this.existing(tx, owner, identifier ?? definition.name, options.namespace);
        rows.push({ ...matching(row, options.ifMatch), scope, ...actionRow(definition) });
      }
      await this.store.update(tx, rows);
      return rows.map(({ id }) => id);
    });
  }

  /** @param identifier  id, or name in the namespace, or else in the default one */
  async delete(identifier: string, namespace: string, owner: Viewer, ifMatch?: ExpectedTags): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdStill(tx, ifMatch);
      const row = matching(await this.existing(tx, owner, identifier, namespace), ifMatch);
      if (!(await this.store.delete(tx, row))) throw new NotFoundError(notFoundText(identifier, namespace));
    });
  }

  private async existing(
    tx: Tx,
    owner: Viewer,
    identifier: string,
    namespace: string,
  ): Promise<Owned<ActionDefinitionRow>> {
    const row = await this.store.find(tx, owner, identifier, { namespaces: [...new Set([namespace, ''])] });
    return changeable(row, owner, MODEL, notFoundText(identifier, namespace));
  }
}

/** What a definition says of its row; the rest is where it belongs. */
export function actionRow({ specText, ...content }: ActionContent) {
  return { ...content, spec: new JsonText(specText) };
}

function notFoundText(identifier: string, namespace: string): string {
  return `Action definition not found [action_name=${identifier}, namespace=${namespace}]`;
}
