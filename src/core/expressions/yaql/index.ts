export { evaluateYaql, hasYaql, validateYaql } from './template.js';
export { DECLARATIONS } from './functions/index.js';
export { Frame } from './runtime/frame.js';
export type { Declaration, Parameter } from './runtime/declaration.js';
