export { EvaluationError, GrammarError } from './errors.js';
export { encodeValue } from './encode.js';
export { evalLine } from './eval-line.js';
export {
  evaluate,
  evaluateRecursively,
  evaluateToJson,
  hasExpression,
  isExpression,
  validate,
  type ExpressionOptions,
} from './interpolation.js';
export type { Language } from './languages.js';
export {
  NeedsData,
  type ContextLayers,
  type DataFunctions,
  type EvaluationLimits,
  type EvaluationScope,
  type ExecutionsQuery,
  type TasksQuery,
} from './scope.js';
export { PyRegex, pyRepr, pyStr, truthy, typeName, type Value } from './values/index.js';
