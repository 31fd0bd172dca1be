import { type ActionDefinition, fillDefaults, inputProblem, signatureOf } from '@tramontane/plugin-sdk';
import { type Dict, NotFoundError } from '../core/shared/index.js';
import { notBuiltText, raisedText } from './error-texts.js';
import { compileInputCheck, type InputCheck } from './input-check.js';
import type { LoadedPack } from './loaded-pack.js';
import { PluginError } from './plugin-error.js';
import { shallowObject } from './plain-values.js';
import { type ActionResult, toPureResult, type WaitingResult } from './result.js';

/** An action as it is listed. */
export interface CatalogueEntry {
  readonly name: string;
  readonly description: string;
  /** e.g. `output, delay=0` */
  readonly signature: string;
  readonly packageName: string;
  readonly isAsync: boolean;
  readonly isPure: boolean;
}

interface Item {
  readonly action: ActionDefinition;
  readonly entry: CatalogueEntry;
  readonly inputCheck: InputCheck;
}

/** All actions of all packs, by name. Methods that take a name throw {@link NotFoundError} when nobody has it; `find` tells. */
export class ActionCatalogue {
  readonly #items = new Map<string, Item>();

  /** @throws {PluginError} when two packs have an action of one name or a JSON Schema is invalid */
  constructor(packs: readonly LoadedPack[]) {
    for (const pack of packs) for (const action of pack.actions) this.#add(pack.packageName, action);
  }

  find(name: string): ActionDefinition | undefined {
    return this.#items.get(name)?.action;
  }

  /** Every action, sorted by name. */
  list(): readonly CatalogueEntry[] {
    return [...this.#items.values()].map((item) => item.entry).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  signature(name: string): string {
    return this.#item(name).entry.signature;
  }

  isAsync(name: string): boolean {
    return this.#item(name).entry.isAsync;
  }

  /** Whether `runPure` may have an answer; which depends on the input. */
  isPure(name: string): boolean {
    return this.#item(name).entry.isPure;
  }

  isSafeToRerun(name: string): boolean {
    return this.#item(name).action.isSafeToRerun;
  }

  /** What is wrong with the names of the parameters, which no `on-error` can handle: `Invalid input [name=…]`, or undefined. */
  checkInput(name: string, input: Dict): string | undefined {
    return inputProblem(this.#item(name).action, shallowObject(input));
  }

  /** Why the action can't be made with these values, an ordinary error of the task: `Failed to instantiate …`, or undefined. */
  checkBuild(name: string, input: Dict): string | undefined {
    const { action, inputCheck } = this.#item(name);
    const reason = inputCheck(input);
    return reason === undefined ? undefined : notBuiltText(action, reason);
  }

  /**
   * The result of an action without side effects, at once; undefined when this input needs an executor.
   * @param actionExecutionId  for the text of errors
   */
  runPure(name: string, input: Dict, actionExecutionId: string | null): ActionResult | WaitingResult | undefined {
    const { action } = this.#item(name);
    if (action.runPure === undefined) return undefined;
    try {
      const outcome = action.runPure({ input: fillDefaults(action, shallowObject(input)) });
      return outcome === undefined ? undefined : toPureResult(action, outcome);
    } catch (error) {
      return { kind: 'error', data: raisedText(action, actionExecutionId, error) };
    }
  }

  #add(packageName: string, action: ActionDefinition): void {
    const other = this.#items.get(action.name)?.entry.packageName;
    if (other !== undefined) throw new PluginError(duplicateText(action.name, other, packageName));
    this.#items.set(action.name, {
      action,
      entry: entryOf(packageName, action),
      inputCheck: checkOf(packageName, action),
    });
  }

  #item(name: string): Item {
    const item = this.#items.get(name);
    if (item === undefined) throw new NotFoundError(`Failed to find action [action_name=${name}]`);
    return item;
  }
}

function duplicateText(name: string, first: string, second: string): string {
  return first === second
    ? `Plugin package "${first}" has two actions named "${name}".`
    : `Action "${name}" is in two plugin packages, "${first}" and "${second}": exclude or remove one of them.`;
}

function entryOf(packageName: string, action: ActionDefinition): CatalogueEntry {
  const { name, description, isAsync } = action;
  return {
    name,
    description,
    signature: signatureOf(action.parameters),
    packageName,
    isAsync,
    isPure: action.runPure !== undefined,
  };
}

function checkOf(packageName: string, action: ActionDefinition): InputCheck {
  try {
    return compileInputCheck(action);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PluginError(
      `Plugin package "${packageName}": the JSON Schema of action "${action.name}" is invalid: ${reason}.`,
      { cause: error },
    );
  }
}
