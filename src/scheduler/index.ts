export { VersionsService } from './versions.service.js';
export { EventsService, type OutsideEvent } from './events.service.js';
export { MaintenanceModule } from './maintenance.module.js';
export { Maintenance } from './maintenance.service.js';
export { SchedulerModule } from './scheduler.module.js';
