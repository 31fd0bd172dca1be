import type { WorkflowSpec } from '../language/index.js';
import { InputError, type JsonObject } from '../shared/index.js';
import { inputProblem } from './action-lookup.js';
import { invalidInput } from './prepare.js';

/**
 * Whether a workflow could start with an input.
 * @throws {InputError} `Invalid input [name=wf, class=DirectWorkflowSpec, missing=['vm']]`
 */
export function checkWorkflowInput(name: string, spec: WorkflowSpec, input: JsonObject): void {
  const problem = inputProblem(spec.input, input);
  if (problem !== undefined) throw new InputError(invalidInput(name, spec.type, problem));
}
