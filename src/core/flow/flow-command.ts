import type { OnClauseName } from '../language/index.js';
import type { Json } from '../shared/index.js';

/** What follows a task: tasks to run, and engine commands with their message. */
export type FlowCommand =
  | { readonly kind: 'run'; readonly name: string; readonly event: OnClauseName | null; readonly taskId: string | null }
  | {
      readonly kind: 'noop' | 'fail' | 'succeed' | 'pause';
      readonly event: OnClauseName | null;
      readonly message: string | null;
      readonly result: Json;
    };
