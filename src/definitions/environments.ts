import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { type JsonObject, NotFoundError } from '../core/shared/index.js';
import { Database, type EnvironmentRow, EnvironmentStore, type Owned, type Tx, type Viewer } from '../store/index.js';
import { holdStill, type ExpectedTags, matching } from './preconditions.js';
import { changeable, checkLength, readScope } from './ownership.js';

/** What a client says of an environment; what is undefined stays as it is, or gets its default. */
export interface EnvironmentPatch {
  readonly name: string;
  readonly description: string | null | undefined;
  readonly variables: JsonObject | undefined;
  readonly scope: string | undefined;
}

/** Named sets of values. */
@Injectable()
export class Environments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EnvironmentStore) private readonly store: EnvironmentStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns its identifier */
  async create(patch: EnvironmentPatch, owner: Viewer): Promise<string> {
    checkLength(patch.name);
    const row: EnvironmentRow = {
      id: randomUUID(),
      projectId: owner.projectId,
      name: patch.name,
      version: 1,
      description: patch.description ?? null,
      variables: patch.variables ?? {},
      scope: readScope(patch.scope ?? 'private'),
      createdAt: this.clock.now(),
      updatedAt: null,
    };
    await this.database.transaction((tx) => this.store.create(tx, row));
    return row.id;
  }

  /** @returns its identifier */
  async update(patch: EnvironmentPatch, owner: Viewer, ifMatch?: ExpectedTags): Promise<string> {
    return this.database.transaction(async (tx) => {
      await holdStill(tx, ifMatch);
      const row = matching(await this.existing(tx, patch.name, owner), ifMatch);
      await this.store.update(tx, {
        ...row,
        description: patch.description === undefined ? row.description : patch.description,
        variables: patch.variables ?? row.variables,
        scope: patch.scope === undefined ? row.scope : readScope(patch.scope),
      });
      return row.id;
    });
  }

  async delete(name: string, owner: Viewer, ifMatch?: ExpectedTags): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdStill(tx, ifMatch);
      const row = matching(await this.existing(tx, name, owner), ifMatch);
      if (!(await this.store.delete(tx, row))) throw new NotFoundError(notFoundText(name));
    });
  }

  /** Not even administrators change environments of another project. */
  private async existing(tx: Tx, name: string, owner: Viewer): Promise<Owned<EnvironmentRow>> {
    const asMember = { ...owner, isAdmin: false };
    const row = await this.store.find(tx, asMember, name);
    return changeable(row, asMember, 'Environment', notFoundText(name));
  }
}

function notFoundText(name: string): string {
  return `Environment not found [name=${name}]`;
}
