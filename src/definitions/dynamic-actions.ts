import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { NotFoundError } from '../core/shared/index.js';
import {
  CodeSourceStore,
  Database,
  type DynamicActionRow,
  DynamicActionStore,
  type Owned,
  type Tx,
  type Viewer,
} from '../store/index.js';
import { codeSourceNotFound } from './code-sources.js';
import { changeable, checkLength, readScope } from './ownership.js';

/** What a client says of a new dynamic action. */
export interface NewDynamicAction {
  readonly name: string;
  readonly className: string;
  /** Id of a code source, or name of one in the same namespace. */
  readonly codeSource: string;
  readonly namespace: string;
  readonly scope: string;
}

/** What a client changes; what is undefined stays. */
export type DynamicActionPatch = Partial<Pick<NewDynamicAction, 'className' | 'codeSource' | 'scope'>>;

/** Actions whose code is in code sources. */
@Injectable()
export class DynamicActions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DynamicActionStore) private readonly store: DynamicActionStore,
    @Inject(CodeSourceStore) private readonly sources: CodeSourceStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether the code has such a class is not checked. @returns its identifier */
  async create(action: NewDynamicAction, owner: Viewer): Promise<string> {
    checkLength(action.name);
    checkLength(action.className);
    const { name, className, namespace } = action;
    const scope = readScope(action.scope);
    const id = randomUUID();
    const own = { id, projectId: owner.projectId, createdAt: this.clock.now(), updatedAt: null };
    await this.database.transaction(async (tx) => {
      const source = await this.source(tx, action.codeSource, namespace, owner);
      await this.store.create(tx, { ...own, name, className, namespace, scope, ...source });
    });
    return id;
  }

  /**
   * @param identifier  id, or name in the namespace
   * @returns its identifier
   */
  async update(identifier: string, namespace: string, patch: DynamicActionPatch, owner: Viewer): Promise<string> {
    return this.database.transaction(async (tx) => {
      const row = await this.existing(tx, identifier, namespace, owner);
      const { className = row.className, scope = row.scope, codeSource } = patch;
      checkLength(className);
      const source = codeSource === undefined ? {} : await this.source(tx, codeSource, row.namespace, owner);
      const isStored = await this.store.update(tx, { ...row, className, scope: readScope(scope), ...source });
      if (!isStored) throw new NotFoundError(notFoundText(identifier, namespace));
      return row.id;
    });
  }

  async delete(identifier: string, namespace: string, owner: Viewer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.existing(tx, identifier, namespace, owner);
      if (!(await this.store.delete(tx, row))) throw new NotFoundError(notFoundText(identifier, namespace));
    });
  }

  private async existing(
    tx: Tx,
    identifier: string,
    namespace: string,
    owner: Viewer,
  ): Promise<Owned<DynamicActionRow>> {
    const row = await this.store.find(tx, owner, identifier, namespace);
    return changeable(row, owner, 'DynamicActionDefinition', notFoundText(identifier, namespace));
  }

  private async source(
    tx: Tx,
    identifier: string,
    namespace: string,
    owner: Viewer,
  ): Promise<Pick<DynamicActionRow, 'codeSourceId' | 'codeSourceName'>> {
    const source = await this.sources.find(tx, owner, identifier, namespace);
    if (source === undefined) throw new NotFoundError(codeSourceNotFound(identifier, namespace));
    return { codeSourceId: source.id, codeSourceName: source.name };
  }
}

function notFoundText(identifier: string, namespace: string): string {
  return `Dynamic Action not found [name=${identifier},namespace=${namespace}]`;
}
