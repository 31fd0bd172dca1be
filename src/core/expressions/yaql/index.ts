export { evaluateYaql, hasYaql, validateYaql } from './template.js';
export { DECLARATIONS } from './functions/index.js';
export type { Declaration, Parameter } from './runtime/frame.js';
