import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { InputError, NotFoundError } from '../core/shared/index.js';
import { type CodeSourceRow, CodeSourceStore, Database, type Owned, type Tx, type Viewer } from '../store/index.js';
import { changeable, checkLength, type DefinitionOptions, readScope } from './ownership.js';
import { newRow } from './workflows.js';

/** Texts of code for dynamic actions; what they hold is looked at when an action runs, not before. */
@Injectable()
export class CodeSources {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CodeSourceStore) private readonly store: CodeSourceStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns its identifier */
  async create(name: string, content: string, options: DefinitionOptions, owner: Viewer): Promise<string> {
    if (name === '') throw new InputError('Name of the code source is not provided.');
    checkLength(name);
    const row: CodeSourceRow = {
      ...newRow(owner, this.clock),
      id: randomUUID(),
      name,
      namespace: options.namespace,
      scope: readScope(options.scope),
      content,
    };
    await this.database.transaction((tx) => this.store.create(tx, row));
    return row.id;
  }

  /**
   * Replaces the content and the scope.
   * @param identifier  id, or name in the namespace
   * @returns its identifier
   */
  async update(identifier: string, content: string, options: DefinitionOptions, owner: Viewer): Promise<string> {
    const scope = readScope(options.scope);
    return this.database.transaction(async (tx) => {
      const row = await this.existing(tx, identifier, options.namespace, owner);
      if (!(await this.store.replace(tx, row, content, scope))) throw notFound(identifier, options.namespace);
      return row.id;
    });
  }

  /** Its dynamic actions go with it. */
  async delete(identifier: string, namespace: string, owner: Viewer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.existing(tx, identifier, namespace, owner);
      if (!(await this.store.delete(tx, row))) throw notFound(identifier, namespace);
    });
  }

  private async existing(tx: Tx, identifier: string, namespace: string, owner: Viewer): Promise<Owned<CodeSourceRow>> {
    const row = await this.store.find(tx, owner, identifier, namespace);
    return changeable(row, owner, 'CodeSource', codeSourceNotFound(identifier, namespace));
  }
}

/** As clients know it, e.g. `Code Source not found [name=tools,namespace=]`. */
export function codeSourceNotFound(identifier: string, namespace: string): string {
  return `Code Source not found [name=${identifier},namespace=${namespace}]`;
}

function notFound(identifier: string, namespace: string): NotFoundError {
  return new NotFoundError(codeSourceNotFound(identifier, namespace));
}
