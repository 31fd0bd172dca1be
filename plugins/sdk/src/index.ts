export { type ActionCall, type ActionDeclaration, type ActionDefinition, defineAction } from './action.js';
export { fillDefaults, inputProblem } from './check.js';
export type { ActionContext, ActionLogger, ExecutionInfo, JsonCodec, SecurityInfo } from './context.js';
export {
  type InputOf,
  type InputShape,
  type Parameter,
  type ParameterDeclaration,
  type ParameterType,
  signatureOf,
  typeProblem,
} from './input.js';
export { type ActionOutcome, after, failure, pending, success, type Waiting } from './outcome.js';
export { type ActionPack, CONTRACT, definePack, isPack, type PackDeclaration, type PackSettings } from './pack.js';
export { testAction, testContext } from './test-kit.js';
export { numberOf, typeName } from './values.js';
