import { evaluateData } from './evaluation.js';
import { pyRepr } from '../expressions/index.js';
import type { CallSpec, InputSpec } from '../language/index.js';
import { dictEntries, dictHas, isDict, type Json, type JsonObject, mergeDicts, StateError } from '../shared/index.js';
import type { EvaluationScope } from '../expressions/index.js';
import type { AdhocAction, FlowScope, PlainAction } from './scope.js';
import { messageOf } from './work.js';

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
 * Finds the action and prepares its input down the chain of ad-hoc definitions, whose bases are looked up in the namespace
 * of the outermost. @throws ActionLookupError, NeedsData
 */
export function resolveAction(
  scope: FlowScope,
  call: ActionCall,
  evaluation: (params: JsonObject) => EvaluationScope,
): ResolvedAction {
  const outer = findAdhoc(scope, call.name, call.namespace, call.workbookName);
  if (outer === undefined) return resolvePlain(scope, call, []);
  refuseWrongInput(outer, call.input);
  const input = fillDefaults(outer.spec.input, call.input);
  try {
    return { ...resolveBase(scope, outer, input, evaluation), name: outer.name, input };
  } catch (error) {
    throw new ActionLookupError(buildText(outer, messageOf(error)), 'build');
  }
}

/** Down the chain to a plain action; what an inner ad-hoc action declares as its input is not checked, as in the original. */
function resolveBase(
  scope: FlowScope,
  outer: AdhocAction,
  shown: JsonObject,
  evaluation: (params: JsonObject) => EvaluationScope,
): ResolvedAction {
  const { namespace } = outer;
  const chain: AdhocAction[] = [];
  let action: AdhocAction | undefined = outer;
  let input = shown;
  let base: CallSpec = outer.spec.base;
  while (action !== undefined) {
    refuseCycle(chain, action);
    chain.unshift(action);
    base = action.spec.base;
    input = baseInput(action, evaluation(fillDefaults(action.spec.input, input)));
    action = findAdhoc(scope, base.name, namespace, null);
  }
  if (scope.plainAction(base.name, namespace) === undefined)
    throw new ActionLookupError(
      `Failed to find base action [action_name=${base.name}, namespace=${namespace}]`,
      'build',
    );
  return resolvePlain(scope, { name: base.name, namespace, workbookName: null, input }, chain);
}

/** A base says itself that it can't be built; the sentence stands once. */
function buildText({ name, definition }: AdhocAction, cause: string): string {
  const own = cause.startsWith(BUILD_FAILED)
    ? cause.slice(cause.indexOf(DESCRIPTION_END) + DESCRIPTION_END.length)
    : cause;
  return `${BUILD_FAILED} [action_desc=AdHoc action [name=${name}, definition=${definition}${DESCRIPTION_END}${own}`;
}

const BUILD_FAILED = 'Failed to instantiate an action';
const DESCRIPTION_END = ']]:\n';

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
  const outer = findAdhoc(scope, name, namespace, null);
  const chain: AdhocAction[] = [];
  let action = outer;
  while (outer !== undefined && action !== undefined && !chain.some((known) => known.name === action?.name)) {
    chain.unshift(action);
    action = findAdhoc(scope, action.spec.base.name, outer.namespace, null);
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

function refuseWrongInput({ name, spec }: AdhocAction, input: JsonObject): void {
  const problem = inputProblem(spec.input, input);
  if (problem === undefined) return;
  const text = `Invalid input [name=${name}, class=mistral.actions.adhoc.AdHocAction${problem}]`;
  throw new ActionLookupError(text, 'input');
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
