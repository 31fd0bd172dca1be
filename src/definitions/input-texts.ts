import { dictKeys, isDict, type Json, type JsonObject, pythonRepr, stringifyJson } from '../core/shared/index.js';
import type { InputSpec, WorkflowSpec } from '../core/language/index.js';

/** Input of a workflow for display: `vm, flavor="m1", opts="{'a': 1}"`; defaults as Python's `str()` has them. */
export function workflowInputText(inputs: readonly InputSpec[]): string {
  return joined(inputs, (value) => `"${typeof value === 'string' ? value : pythonRepr(value)}"`);
}

/** Input of an ad-hoc action for display: `to, subject="hi", delay=0`; defaults as JSON, null without inputs. */
export function actionInputText(inputs: readonly InputSpec[]): string | null {
  if (inputs.length === 0) return null;
  return joined(inputs, (value) => stringifyJson(value, { style: 'python' }));
}

/** What a workflow takes and gives: `{ input: ['vm', { flavor: 'm1' }], output: ['status'] }`. */
export function interfaceOf(spec: WorkflowSpec): JsonObject {
  const input = spec.input.map(({ name, defaultValue }) =>
    defaultValue === undefined ? name : { [name]: defaultValue },
  );
  const output = isDict(spec.output) ? dictKeys(spec.output) : [];
  return { input, output };
}

function joined(inputs: readonly InputSpec[], show: (value: Json) => string): string {
  const shown = ({ name, defaultValue }: InputSpec): string =>
    defaultValue === undefined ? name : `${name}=${show(defaultValue)}`;
  return inputs.map(shown).join(', ');
}
