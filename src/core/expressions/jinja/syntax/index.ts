export type * from './ast.js';
export { parseTemplate, parseWholeExpression } from './parser.js';
