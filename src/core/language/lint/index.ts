export type { LintFinding, LintRule } from './finding.js';
export { lint } from './lint.js';
