import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ActionExecutionRemover } from './action-execution-remover.js';
import { ActionExecutionsController } from './action-executions.controller.js';
import { ActionList } from './action-list.js';
import { ActionsController } from './actions.controller.js';
import { BulkController } from './bulk.controller.js';
import { BulkExecutions } from './bulk-executions.js';
import { CodeSourcesController } from './code-sources.controller.js';
import { CronTriggersController } from './cron-triggers.controller.js';
import { DiscoveryController } from './discovery.controller.js';
import { DynamicActionsController } from './dynamic-actions.controller.js';
import { EventStreams } from './event-streams.js';
import { EnvironmentsController } from './environments.controller.js';
import { EventTriggersController } from './event-triggers.controller.js';
import { ExecutionEventsController } from './execution-events.controller.js';
import { ExecutionsController } from './executions.controller.js';
import { HistoryController } from './history.controller.js';
import { InfoController } from './info.controller.js';
import { MembersController } from './members.controller.js';
import { MaintenanceController } from './maintenance.controller.js';
import { MaintenanceGuard } from './maintenance.guard.js';
import { TasksController } from './tasks.controller.js';
import { WaitingRequests } from './waiting-requests.js';
import { WorkbooksController } from './workbooks.controller.js';
import { WhyController } from './why.controller.js';
import { WorkflowVersionsController } from './workflow-versions.controller.js';
import { WorkflowsController } from './workflows.controller.js';

/** The REST API; its imports export Reads, Engine, ActionCatalogue, the services of definitions, and CONFIG. */
@Module({})
export class ApiModule {
  static over(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: ApiModule,
      imports,
      providers: [
        ActionExecutionRemover,
        ActionList,
        BulkExecutions,
        EventStreams,
        WaitingRequests,
        { provide: APP_GUARD, useClass: MaintenanceGuard },
      ],
      controllers: [
        DiscoveryController,
        WorkflowsController,
        WorkflowVersionsController,
        ExecutionsController,
        BulkController,
        WhyController,
        HistoryController,
        ExecutionEventsController,
        TasksController,
        ActionExecutionsController,
        ActionsController,
        WorkbooksController,
        EnvironmentsController,
        CodeSourcesController,
        DynamicActionsController,
        CronTriggersController,
        EventTriggersController,
        MembersController,
        MaintenanceController,
        InfoController,
      ],
    };
  }
}
