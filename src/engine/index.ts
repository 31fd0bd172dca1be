export type { ActionOutcome, PlainAction, Wait } from '../core/flow/index.js';
export { type AskForStart, DeferredStarts } from './deferred-starts.js';
export {
  Engine,
  type ExecutionPatch,
  type Principal,
  type StartAction,
  type StartedAction,
  type StartedExecution,
  type StartExecution,
} from './engine.js';
export { EngineModule } from './engine.module.js';
export { EngineService } from './engine.service.js';
export { type Bulletin, type Endings, News } from './news.js';
export { type ActionPlace, ActionPort, ActionRunner, type RunOutcome } from './ports.js';
