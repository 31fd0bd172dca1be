import { Module } from '@nestjs/common';
import { StoreModule } from '../store/index.js';
import { AdHocActions } from './actions.js';
import { Environments } from './environments.js';
import { Workbooks } from './workbooks.js';
import { Workflows } from './workflows.js';

/** Services for everything that users define. */
@Module({
  imports: [StoreModule],
  providers: [AdHocActions, Environments, Workbooks, Workflows],
  exports: [AdHocActions, Environments, Workbooks, Workflows],
})
export class DefinitionsModule {}
