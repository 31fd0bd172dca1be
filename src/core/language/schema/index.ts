export {
  ACTION,
  DEFINITION_LIST,
  DIRECT_TASK,
  RETRY,
  REVERSE_TASK,
  TASK_DEFAULTS,
  WORKBOOK,
  WORKFLOW,
} from './entities.js';
export { ON_CLAUSE_PUBLISH, TARGET } from './on-clause.js';
export { EXPRESSION } from './primitives.js';
export type { Schema } from './schema.js';
export { validateSchema } from './validate.js';
