export type { Duty } from './duty.js';
export { SchedulerModule } from './scheduler.module.js';
export { type SweepCounts, SweepService } from './sweep.service.js';
