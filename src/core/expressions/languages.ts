import { evaluateJinja, recognisesJinja, validateJinja } from './jinja/index.js';
import type { EvaluationScope } from './scope.js';
import type { Value } from './values/index.js';
import { evaluateYaql, hasYaql, validateYaql } from './yaql/index.js';

export type Language = 'jinja' | 'yaql';

export interface Evaluator {
  readonly language: Language;
  /** Whether a text has an expression of this language in it. */
  readonly recognises: (text: string) => boolean;
  readonly validate: (text: string) => void;
  readonly evaluate: (text: string, scope: EvaluationScope) => Value;
}

/** In the order they are asked; the first one that recognises a text evaluates all of it. */
export const EVALUATORS: readonly Evaluator[] = [
  { language: 'jinja', recognises: recognisesJinja, validate: validateJinja, evaluate: evaluateJinja },
  { language: 'yaql', recognises: hasYaql, validate: validateYaql, evaluate: evaluateYaql },
];
