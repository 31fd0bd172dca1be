import { type DynamicModule, Module } from '@nestjs/common';
import { StoreModule } from '../store/index.js';
import { ActionsModule } from './actions.module.js';
import { ClaimedActionRunner } from './claimed-action-runner.js';
import { ExecutorService } from './executor.service.js';
import { OutcomeReporter } from './outcome-reporter.js';

/** The executor. It needs the engine, which in turn needs the ports of {@link ActionsModule}. */
@Module({})
export class ExecutorModule {
  /** @param engine  the module made by `EngineModule.withPorts`, the same object wherever it is imported */
  static withEngine(engine: DynamicModule): DynamicModule {
    return {
      module: ExecutorModule,
      imports: [StoreModule, ActionsModule, engine],
      providers: [OutcomeReporter, ClaimedActionRunner, ExecutorService],
      exports: [ExecutorService],
    };
  }
}
