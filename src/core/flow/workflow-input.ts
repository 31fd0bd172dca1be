import type { WorkflowSpec } from '../language/index.js';
import { InputError, type JsonObject } from '../shared/index.js';
import { fillDefaults, inputProblem } from './action-lookup.js';
import { schemaProblem } from './value-schemas.js';

/**
 * Whether a workflow could start with an input.
 * @throws {InputError} `Invalid input [name=wf, class=DirectWorkflowSpec, missing=['vm']]`
 */
export function checkWorkflowInput(name: string, spec: WorkflowSpec, input: JsonObject): void {
  const problem = workflowInputProblem(name, spec, input);
  if (problem !== undefined) throw new InputError(problem);
}

/** The text of {@link checkWorkflowInput}'s error, or undefined. */
export function workflowInputProblem(name: string, spec: WorkflowSpec, input: JsonObject): string | undefined {
  const problem =
    inputProblem(spec.input, input) ?? schemaProblem(spec.inputSchema, fillDefaults(spec.input, input), false);
  if (problem === undefined) return undefined;
  return `Invalid input [name=${name}, class=${spec.type === 'direct' ? 'Direct' : 'Reverse'}WorkflowSpec${problem}]`;
}
