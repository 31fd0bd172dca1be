import { fileURLToPath } from 'node:url';
import { Module, type Provider } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { ActionPort, ActionRunner } from '../engine/index.js';
import { StoreModule } from '../store/index.js';
import { CatalogueActionPort, CatalogueActionRunner } from './action-ports.js';
import { ActionCatalogue } from './catalogue.js';
import { discoverPacks } from './discover-packs.js';
import { RunnableActions } from './runnable-actions.js';

/** Folder of the application's package.json, seen from the compiled file and from this one. */
const APP_DIR = fileURLToPath(new URL('../../', import.meta.url));

/** Binds the engine's ports to the catalogue; for `EngineModule.withPorts([ActionsModule], [...ACTION_PORTS, …])`. */
export const ACTION_PORTS: readonly Provider[] = [
  { provide: ActionPort, useExisting: CatalogueActionPort },
  { provide: ActionRunner, useExisting: CatalogueActionRunner },
];

/** The actions of all packs that are found at the start. */
@Module({
  imports: [StoreModule],
  providers: [
    { provide: ActionCatalogue, inject: [CONFIG], useFactory: findActions },
    CatalogueActionPort,
    CatalogueActionRunner,
    RunnableActions,
  ],
  exports: [ActionCatalogue, CatalogueActionPort, CatalogueActionRunner, RunnableActions],
})
export class ActionsModule {}

type PluginConfig = Pick<Config, 'pluginsDir' | 'pluginsInclude' | 'pluginsExclude' | 'textOf'>;

/** @throws PluginError when a pack can't be used */
async function findActions({
  pluginsDir,
  pluginsInclude,
  pluginsExclude,
  textOf,
}: PluginConfig): Promise<ActionCatalogue> {
  const packs = await discoverPacks({
    appDir: APP_DIR,
    include: pluginsInclude,
    exclude: pluginsExclude,
    setting: textOf,
    ...(pluginsDir === undefined ? {} : { pluginsDir }),
  });
  return new ActionCatalogue(packs);
}
