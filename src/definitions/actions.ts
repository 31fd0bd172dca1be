import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { InputError, NotFoundError } from '../core/shared/index.js';
import {
  type ActionDefinitionRow,
  ActionDefinitionStore,
  Database,
  type Owned,
  type Tx,
  type Viewer,
} from '../store/index.js';
import { changeable, type DefinitionOptions, readScope } from './ownership.js';
import { holdStill, type ExpectedTags, matching } from './preconditions.js';
import { actionContent, readActions } from './parsed-definitions.js';
import { type Verdict, verdictOf } from './verdict.js';
import { newRow } from './workflows.js';

const MODEL = 'ActionDefinition';

/** Ad-hoc actions. */
@Injectable()
export class AdHocActions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ActionDefinitionStore) private readonly store: ActionDefinitionStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  validate(text: string): Verdict {
    return verdictOf(text, () => readActions(text));
  }

  /** @returns identifiers, in the order of the text */
  async create(text: string, options: DefinitionOptions, owner: Viewer): Promise<readonly string[]> {
    const scope = readScope(options.scope);
    const place = { ...newRow(owner, this.clock), namespace: options.namespace, scope, isSystem: false };
    const rows = readActions(text).map((definition) => ({ ...place, id: randomUUID(), ...actionContent(definition) }));
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
    const definitions = readActions(text);
    if (identifier !== undefined && definitions.length > 1) {
      throw new InputError(
        `More than one actions are not supported for update with identifier. [identifier: ${identifier}]`,
      );
    }
    return this.database.transaction(async (tx) => {
      await holdStill(tx, options.ifMatch);
      const rows: Owned<ActionDefinitionRow>[] = [];
      for (const definition of definitions) {
        const row = await this.existing(tx, owner, identifier ?? definition.spec.name, options.namespace);
        rows.push({ ...matching(row, options.ifMatch), scope, ...actionContent(definition) });
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

function notFoundText(identifier: string, namespace: string): string {
  return `Action definition not found [action_name=${identifier}, namespace=${namespace}]`;
}
