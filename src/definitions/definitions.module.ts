import { Module } from '@nestjs/common';
import { StoreModule } from '../store/index.js';
import { AdHocActions } from './actions.js';
import { CodeSources } from './code-sources.js';
import { CronTriggers } from './cron-triggers.js';
import { DefinitionParser } from './definition-parser.js';
import { DynamicActions } from './dynamic-actions.js';
import { Environments } from './environments.js';
import { EventTriggers } from './event-triggers.js';
import { Members } from './members.js';
import { TriggerTargets } from './trigger-target.js';
import { Workbooks } from './workbooks.js';
import { Workflows } from './workflows.js';

const SERVICES = [
  AdHocActions,
  CodeSources,
  CronTriggers,
  DynamicActions,
  Environments,
  EventTriggers,
  Members,
  Workbooks,
  Workflows,
];

/** Services for everything that users define. */
@Module({
  imports: [StoreModule],
  providers: [DefinitionParser, TriggerTargets, ...SERVICES],
  exports: SERVICES,
})
export class DefinitionsModule {}
