export { Allowance } from './allowance.js';
export { mapWanting, NeedsEvaluation, type WantedEvaluation } from './bounded.js';
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
export { NeedsData } from './needs-data.js';
export type {
  ContextLayers,
  DataFunctions,
  Evaluated,
  EvaluationBounds,
  EvaluationLimits,
  EvaluationScope,
  ExecutionsQuery,
  TasksQuery,
} from './scope.js';
export { PyRegex, pyRepr, pyStr, truthy, typeName, type Value } from './values/index.js';
