import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { StoreModule } from '../store/index.js';
import { DecisionWatch } from './decision-watch.js';
import { DeferredStarts } from './deferred-starts.js';
import { EndWatch } from './end-watch.js';
import { Engine } from './engine.js';
import { EngineService } from './engine.service.js';
import { Evaluator } from './evaluation/index.js';
import { Loop } from './loop.js';
import { News } from './news.js';
import { PostOffice } from './post-office.js';
import { ActionRunner } from './ports.js';
import { SetAside } from './set-aside.js';
import { StandaloneActions } from './standalone-actions.js';
import { StandaloneScopes } from './standalone-scopes.js';

/** The loop with its ports; `ports` binds ActionPort and ActionRunner to the catalogue of plugin packages. */
@Module({})
export class EngineModule {
  static withPorts(imports: DynamicModule['imports'], ports: readonly Provider[]): DynamicModule {
    return {
      module: EngineModule,
      imports: [StoreModule, ...(imports ?? [])],
      providers: [
        ...ports,
        Evaluator,
        DecisionWatch,
        SetAside,
        Loop,
        News,
        EndWatch,
        PostOffice,
        StandaloneScopes,
        StandaloneActions,
        EngineService,
        DeferredStarts,
        { provide: Engine, useExisting: EngineService },
      ],
      exports: [Engine, EngineService, DeferredStarts, News, ActionRunner],
    };
  }
}
