import type { Position } from '../../shared/index.js';
import type { DefinitionPath } from '../errors.js';

/** What a check looks for; `invalid` is a definition that would be refused. */
export type LintRule =
  | 'invalid'
  | 'duplicate-key'
  | 'dropped-literal'
  | 'endless-loop'
  | 'endless-retry'
  | 'hidden-task'
  | 'input-overridden'
  | 'join-never-fires'
  | 'published-twice'
  | 'text-not-expression'
  | 'unhandled-error'
  | 'unknown-variable'
  | 'unreachable-task';

/** Something legal but surely wrong; line and column count from 1. */
export interface LintFinding extends Position {
  readonly path: DefinitionPath;
  readonly rule: LintRule;
  readonly message: string;
}

/** A finding before its place in the text is looked up. */
export interface Finding {
  readonly rule: LintRule;
  readonly path: DefinitionPath;
  readonly message: string;
  /** A piece of the value that the finding is about, to point at it. */
  readonly fragment?: string;
}

export function finding(rule: LintRule, path: DefinitionPath, message: string, fragment?: string): Finding {
  return { rule, path, message, fragment };
}
