import { isDict, stringifyJson } from '../core/shared/index.js';
import { outputOf } from './client/start.js';
import type { ExecutionView } from './live/follow.js';
import { note, print } from './output.js';

/** The output of an execution that has ended on standard output, and how it ended on standard error. */
export function printOutcome(execution: ExecutionView, asJson: boolean): void {
  const { id, workflow_name, state, state_info } = execution;
  const output = outputOf(execution);
  if (asJson) {
    print(stringifyJson({ id, workflow_name, state, state_info, output }, { indent: 2 }));
    return;
  }
  const reason = state_info === null ? '' : `: ${state_info.trim()}`;
  note(`${workflow_name} ended in ${state}${reason}`);
  const isEmpty = isDict(output) && stringifyJson(output) === '{}';
  if (!isEmpty) print(stringifyJson(output, { indent: 2 }));
}
