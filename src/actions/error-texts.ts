import { isNativeError } from 'node:util/types';
import type { ActionDefinition } from '@tramontane/plugin-sdk';

/**
 * The error of an action that threw.
 * @returns e.g. `The action raised an exception [action=Fail action, action_ex_id=7136…, msg='Fail action expected exception.']`
 */
export function raisedText(action: ActionDefinition, actionExecutionId: string | null, error: unknown): string {
  const message = isNativeError(error) ? error.message : String(error);
  const label = action.label ?? objectText(action, actionExecutionId);
  return `The action raised an exception [action=${label}, action_ex_id=${actionExecutionId ?? 'None'}, msg='${message}']`;
}

/** The error of an action whose input has the right names but can't be used; the reason stands on the second line. */
export function notBuiltText(action: ActionDefinition, reason: string): string {
  return `Failed to instantiate an action [action_desc=Python action [name=${action.name}, cls=<class '${action.className}'>]]:\n${reason}`;
}

/** As Python prints an object, since clients cut this text off by its form; the address is made of the id. */
function objectText(action: ActionDefinition, actionExecutionId: string | null): string {
  const digits = (actionExecutionId ?? '').replace(/[^0-9a-f]/g, '').slice(0, 12) || '0';
  return `<${action.className} object at 0x${digits}>`;
}
