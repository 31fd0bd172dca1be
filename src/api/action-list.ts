import { Inject, Injectable } from '@nestjs/common';
import { ActionCatalogue } from '../actions/index.js';
import { ACTIONS, byName, type PageRequest, Reads } from '../store/queries/index.js';
import { pluginActionRow } from './actions.dto.js';
import type { CallerOf } from './http/index.js';

/** Actions of plugins and ad-hoc ones as one collection. */
@Injectable()
export class ActionList {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(ActionCatalogue) private readonly catalogue: ActionCatalogue,
  ) {}

  /** The namespace is always a filter; actions of plugins are in the default one. */
  list(page: PageRequest): Promise<string> {
    const parameters = { namespace: '', ...page.parameters };
    return this.reads.listWith(ACTIONS, { ...page, parameters }, this.catalogue.list().map(pluginActionRow));
  }

  /** An action of a plugin answers in any namespace, an ad-hoc one in its own. */
  one(name: string, namespace: string, caller: CallerOf): Promise<string> {
    const entry = this.catalogue.list().find((action) => action.name === name);
    if (entry !== undefined) return Promise.resolve(this.reads.shown(ACTIONS, pluginActionRow(entry)));
    const notFound = `Action not found [name=${name}, namespace=${namespace}]`;
    return this.reads.one(ACTIONS, caller, byName(name, namespace), notFound);
  }
}
