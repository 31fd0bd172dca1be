export type { Evaluations } from './evaluations.js';
export { Evaluator } from './evaluator.js';
