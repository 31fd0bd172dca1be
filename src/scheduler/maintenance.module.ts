import { type DynamicModule, Module } from '@nestjs/common';
import { StoreModule } from '../store/index.js';
import { Maintenance } from './maintenance.service.js';

/** Lets the API and the scheduler pause and resume the service. */
@Module({})
export class MaintenanceModule {
  /** @param imports  the module that exports EngineService */
  static with(imports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return {
      module: MaintenanceModule,
      imports: [StoreModule, ...imports],
      providers: [Maintenance],
      exports: [Maintenance],
    };
  }
}
