import { Inject, Injectable } from '@nestjs/common';
import { ActionCatalogue } from '../actions/index.js';
import { NotFoundError } from '../core/shared/index.js';
import {
  ACTIONS,
  byName,
  DYNAMIC_ACTIONS_AS_ACTIONS,
  type PageRequest,
  Reads,
  type Tagged,
} from '../store/queries/index.js';
import { pluginActionRow } from './actions.dto.js';
import type { CallerOf } from './http/index.js';

/** Actions of plugins, ad-hoc and dynamic ones as one collection. */
@Injectable()
export class ActionList {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(ActionCatalogue) private readonly catalogue: ActionCatalogue,
  ) {}

  /** The namespace is always a filter; actions of plugins are in the default one. */
  async list(page: PageRequest): Promise<string> {
    const parameters = { namespace: '', ...page.parameters };
    const dynamic = await this.reads.rows(DYNAMIC_ACTIONS_AS_ACTIONS, page.viewer);
    const others = [...this.catalogue.list().map(pluginActionRow), ...dynamic];
    return this.reads.listWith(ACTIONS, { ...page, parameters }, others);
  }

  /** An action of a plugin answers in any namespace, the others in their own. Only ad-hoc ones have a tag. */
  async one(name: string, namespace: string, caller: CallerOf): Promise<Tagged> {
    const entry = this.catalogue.list().find((action) => action.name === name);
    if (entry !== undefined) return { json: this.reads.shown(ACTIONS, pluginActionRow(entry)) };
    const notFound = `Action not found [name=${name}, namespace=${namespace}]`;
    try {
      return await this.reads.tagged(ACTIONS, caller, byName(name, namespace), notFound);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return { json: await this.reads.one(DYNAMIC_ACTIONS_AS_ACTIONS, caller, byName(name, namespace), notFound) };
    }
  }
}
