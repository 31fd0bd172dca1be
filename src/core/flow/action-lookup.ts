import { evaluateData } from './evaluation.js';
import { pyRepr } from '../expressions/index.js';
import type { CallSpec, InputSpec } from '../language/index.js';
import { dictEntries, dictHas, isDict, type Json, type JsonObject, mergeDicts, StateError } from '../shared/index.js';
import type { EvaluationScope } from '../expressions/index.js';
import type { AdhocAction, FlowScope, PlainAction } from './scope.js';

/** What is run for an action's name: a plain action with its input, and the ad-hoc definitions around it, innermost first. */
export interface ResolvedAction {
  /** Full name as shown, e.g. `book.notify`. */
  readonly name: string;
  /** Input as shown: with the defaults of an ad-hoc action filled in. */
  readonly input: JsonObject;
  readonly plain: PlainAction;
  readonly plainInput: JsonObject;
  readonly adhoc: readonly AdhocAction[];
}

/** Raised where the original raises outside of the task's own error handling: unknown actions and wrong parameters. */
export class ActionLookupError extends StateError {
  constructor(
    message: string,
    readonly reason: 'unknown' | 'input' | 'build',
  ) {
    super(message);
  }
}

export interface ActionCall {
  readonly name: string;
  readonly input: JsonObject;
  readonly namespace: string;
  readonly workbookName: string | null;
}

/**
 * Finds the action and prepares its input down the chain of ad-hoc definitions.
 * @throws ActionLookupError, EvaluationError, NeedsData
 */
export function resolveAction(
  scope: FlowScope,
  call: ActionCall,
  evaluation: (params: JsonObject) => EvaluationScope,
): ResolvedAction {
  const outer = findAdhoc(scope, call.name, call.namespace, call.workbookName);
  if (outer === undefined) return resolvePlain(scope, call, []);
  const shown = withDefaults(outer, call.input);
  const chain: AdhocAction[] = [];
  let action: AdhocAction | undefined = outer;
  let input = shown;
  let base: CallSpec = outer.spec.base;
  while (action !== undefined) {
    refuseCycle(chain, action);
    chain.unshift(action);
    const params = withDefaults(action, input);
    base = action.spec.base;
    input = baseInput(action, evaluation(params));
    action = findAdhoc(scope, base.name, call.namespace, null);
  }
  if (scope.plainAction(base.name, call.namespace) === undefined)
    throw new ActionLookupError(
      `Failed to find base action [action_name=${base.name}, namespace=${call.namespace}]`,
      'build',
    );
  const plain = resolvePlain(scope, { name: base.name, namespace: call.namespace, workbookName: null, input }, chain);
  return { ...plain, name: outer.name, input: shown };
}

/** The transforms of the ad-hoc definitions over the base's result, the innermost first; errors pass unchanged. @throws EvaluationError */
export function adhocResult(
  adhoc: readonly AdhocAction[],
  result: Json,
  evaluation: (root: Json) => EvaluationScope,
): Json {
  return adhoc.reduce(
    (value, action) => (action.spec.output === undefined ? value : evaluateData(action.spec.output, evaluation(value))),
    result,
  );
}

/** The ad-hoc chain of a stored action execution, found again by name; a definition deleted meanwhile transforms nothing. */
export function adhocChain(scope: FlowScope, name: string, namespace: string): readonly AdhocAction[] {
  const chain: AdhocAction[] = [];
  let action = findAdhoc(scope, name, namespace, null);
  while (action !== undefined && !chain.some((known) => known.name === action?.name)) {
    chain.unshift(action);
    action = findAdhoc(scope, action.spec.base.name, namespace, null);
  }
  return chain;
}

function findAdhoc(
  scope: FlowScope,
  name: string,
  namespace: string,
  workbookName: string | null,
): AdhocAction | undefined {
  const member = workbookName === null ? undefined : scope.adhocAction(`${workbookName}.${name}`, namespace);
  return member ?? scope.adhocAction(name, namespace) ?? (namespace === '' ? undefined : scope.adhocAction(name, ''));
}

function resolvePlain(scope: FlowScope, call: ActionCall, adhoc: readonly AdhocAction[]): ResolvedAction {
  const { name, namespace, input } = call;
  const plain = findPlain(scope, call);
  if (plain === undefined)
    throw new ActionLookupError(`Failed to find action [action_name=${name}, namespace=${namespace}]`, 'unknown');
  const wrongInput = plain.inputError(input);
  if (wrongInput !== undefined) throw new ActionLookupError(wrongInput, 'input');
  const wrongValues = plain.buildError(input);
  if (wrongValues !== undefined) throw new ActionLookupError(wrongValues, 'build');
  return { name: plain.name, input, plain, plainInput: input, adhoc };
}

function findPlain(scope: FlowScope, { name, namespace, workbookName }: ActionCall): PlainAction | undefined {
  const found = scope.plainAction(name, namespace);
  if (found !== undefined || workbookName === null) return found;
  return scope.plainAction(`${workbookName}.${name}`, namespace);
}

function withDefaults(action: AdhocAction, input: JsonObject): JsonObject {
  const problem = inputProblem(action.spec.input, input);
  if (problem !== undefined)
    throw new ActionLookupError(
      `Invalid input [name=${action.name}, class=mistral.actions.adhoc.AdHocAction${problem}]`,
      'input',
    );
  return fillDefaults(action.spec.input, input);
}

/** `, missing=['a'], unexpected=['b']` or undefined; null counts as given. */
export function inputProblem(declared: readonly InputSpec[], input: JsonObject): string | undefined {
  const missing = declared
    .filter((spec) => spec.defaultValue === undefined && !dictHas(input, spec.name))
    .map((spec) => spec.name);
  const names = new Set(declared.map((spec) => spec.name));
  const unexpected = dictEntries(input)
    .map(([name]) => name as string)
    .filter((name) => !names.has(name));
  if (missing.length === 0 && unexpected.length === 0) return undefined;
  const part = (title: string, list: readonly string[]): string =>
    list.length === 0 ? '' : `, ${title}=${pyRepr(list)}`;
  return part('missing', missing) + part('unexpected', unexpected);
}

export function fillDefaults(declared: readonly InputSpec[], input: JsonObject): JsonObject {
  const absent = declared.filter((spec) => spec.defaultValue !== undefined && !dictHas(input, spec.name));
  if (absent.length === 0) return input;
  return { ...input, ...Object.fromEntries(absent.map((spec) => [spec.name, spec.defaultValue ?? null])) };
}

/** Inline base parameters win over `base-input`. */
function baseInput(action: AdhocAction, scope: EvaluationScope): JsonObject {
  const written = mergeDicts(action.spec.baseInput ?? {}, action.spec.base.params);
  const value = evaluateData(written, scope);
  return isDict(value) ? (value as JsonObject) : {};
}

function refuseCycle(chain: readonly AdhocAction[], action: AdhocAction): void {
  if (chain.some((known) => known.name === action.name))
    throw new ActionLookupError(
      `Found a cycle in an ad-hoc action chain [action_name=${chain.at(-1)?.name ?? action.name}, duplicate_action_name=${action.name}]`,
      'build',
    );
}
