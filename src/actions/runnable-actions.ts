import type { ActionDefinition } from '@tramontane/plugin-sdk';
import { Inject, Injectable } from '@nestjs/common';
import type { ActionPlace } from '../engine/index.js';
import { Database, type DynamicActionCode, DynamicActionStore, type Queryable } from '../store/index.js';
import { ActionCatalogue } from './catalogue.js';

/** The action by which dynamic actions run; a pack brings it, and with it the sandbox. */
const CALL_ACTION = 'javascript.call';

/** Everything that can be run: actions of packs, and dynamic ones with the code that they have now. */
@Injectable()
export class RunnableActions {
  constructor(
    @Inject(ActionCatalogue) private readonly catalogue: ActionCatalogue,
    @Inject(Database) private readonly database: Queryable,
    @Inject(DynamicActionStore) private readonly dynamic: DynamicActionStore,
  ) {}

  /** @param place  whose dynamic actions there are, too; absent: none */
  async find(name: string, place?: ActionPlace): Promise<ActionDefinition | undefined> {
    const found = this.catalogue.find(name);
    if (found !== undefined || place === undefined) return found;
    const code = await this.dynamic.code(this.database, place.projectId, name, place.namespace);
    return code && dynamicAction(name, code, this.catalogue.find(CALL_ACTION));
  }
}

function dynamicAction(
  name: string,
  { className, content }: DynamicActionCode,
  caller: ActionDefinition | undefined,
): ActionDefinition {
  return {
    name,
    className,
    description: '',
    parameters: [],
    isAsync: false,
    isSafeToRerun: true,
    keepsExactValues: true,
    run: async ({ input, ...call }) => {
      if (caller === undefined) throw new Error(`dynamic actions need an action pack with ${CALL_ACTION}`);
      return caller.run({ ...call, input: { module: content, name: className, input } });
    },
  };
}
