export { EventsService, type OutsideEvent } from './events.service.js';
export { SchedulerModule } from './scheduler.module.js';
