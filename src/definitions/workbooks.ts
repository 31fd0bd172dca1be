import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/index.js';
import { NotFoundError } from '../core/shared/index.js';
import {
  ActionDefinitionStore,
  Database,
  type Scope,
  type Tx,
  type Viewer,
  WorkbookStore,
  WorkflowDefinitionStore,
} from '../store/index.js';
import { changeable, type DefinitionOptions, readScope } from './ownership.js';
import { holdStill, type ExpectedTags, matching } from './preconditions.js';
import { actionRow } from './actions.js';
import { DefinitionParser } from './definition-parser.js';
import type { WorkbookContent } from './parsed-definitions.js';
import { newRow, putSpecs, workflowRow } from './workflows.js';

const MODEL = 'Workbook';

interface Place {
  readonly namespace: string;
  readonly scope: Scope;
}

/** Workbooks, whose workflows and actions are definitions of their own. */
@Injectable()
export class Workbooks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkbookStore) private readonly store: WorkbookStore,
    @Inject(WorkflowDefinitionStore) private readonly workflows: WorkflowDefinitionStore,
    @Inject(ActionDefinitionStore) private readonly actions: ActionDefinitionStore,
    @Inject(DefinitionParser) private readonly parser: DefinitionParser,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the verdict as JSON */
  validate(text: string): Promise<string> {
    return this.parser.verdict('workbook', text);
  }

  /** @returns its identifier */
  async create(text: string, options: DefinitionOptions, owner: Viewer): Promise<string> {
    const place = { namespace: options.namespace, scope: readScope(options.scope) };
    const { name, tags, ...workbook } = await this.parser.read('workbook', text, owner.projectId);
    const id = randomUUID();
    await this.database.transaction(async (tx) => {
      await this.store.create(tx, { ...newRow(owner, this.clock), ...place, id, name, tags, definition: text });
      await this.saveMembers(tx, { name, tags, ...workbook }, place, owner);
    });
    return id;
  }

  /** @returns its identifier */
  async update(text: string, options: DefinitionOptions, owner: Viewer): Promise<string> {
    const place = { namespace: options.namespace, scope: readScope(options.scope) };
    const workbook = await this.parser.read('workbook', text, owner.projectId);
    return this.database.transaction(async (tx) => {
      await holdStill(tx, options.ifMatch);
      const found = await this.store.find(tx, owner, workbook.name, place.namespace);
      const notFound = `Workbook not found [name=${workbook.name}, namespace=${place.namespace}]`;
      const row = matching(changeable(found, owner, MODEL, notFound), options.ifMatch);
      await this.store.update(tx, { ...row, scope: place.scope, tags: workbook.tags, definition: text });
      // They belong to its project, also when an administrator changes it.
      await this.saveMembers(tx, workbook, place, { ...owner, projectId: row.projectId });
      return row.id;
    });
  }

  /** Its members stay; administrators too delete only those of their own project. */
  async delete(name: string, namespace: string, owner: Viewer, ifMatch?: ExpectedTags): Promise<void> {
    const notFound = `Workbook not found [workbook_name=${name}, namespace=${namespace}]`;
    const asMember = { ...owner, isAdmin: false };
    await this.database.transaction(async (tx) => {
      await holdStill(tx, ifMatch);
      const found = await this.store.find(tx, asMember, name, namespace);
      const row = matching(changeable(found, asMember, MODEL, notFound), ifMatch);
      if (!(await this.store.delete(tx, row))) throw new NotFoundError(notFound);
    });
  }

  private async saveMembers(tx: Tx, workbook: WorkbookContent, place: Place, owner: Viewer): Promise<void> {
    const common = { ...newRow(owner, this.clock), ...place, isSystem: false };
    const actions = workbook.actions.map((one) => ({
      ...common,
      id: randomUUID(),
      ...actionRow(one),
    }));
    const workflows = workbook.workflows.map((one) => ({
      ...common,
      id: randomUUID(),
      ...workflowRow(one),
    }));
    await putSpecs(tx, this.workflows, workbook.workflows);
    if (actions.length > 0) await this.actions.createOrUpdate(tx, actions);
    if (workflows.length > 0) await this.workflows.createOrUpdate(tx, workflows);
  }
}
