export { actionFromRaw } from './action.js';
export type { LanguageOptions } from './check-expressions.js';
export { checkDefinitionName } from './definition-name.js';
export { parseActions, parseWorkflows } from './definitions.js';
export { DefinitionError, type DefinitionPath } from './errors.js';
export { lint, type LintFinding, type LintRule } from './lint/index.js';
export type {
  ActionSpec,
  CallSpec,
  Definition,
  InputSpec,
  JoinSpec,
  OnClauseName,
  OnClauseSpec,
  PoliciesSpec,
  PublishSpec,
  RetrySpec,
  TaskSpec,
  TransitionSpec,
  WithItemsSpec,
  WorkbookSpec,
  WorkflowSpec,
} from './spec.js';
export { parseWorkbook } from './workbook.js';
export { workflowFromRaw } from './workflow.js';
