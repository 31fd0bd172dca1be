import type { ActionContext } from './context.js';
import { type InputOf, type InputShape, type Parameter, parametersOf } from './input.js';
import type { ActionOutcome, Waiting } from './outcome.js';
import { wait } from './wait.js';

/** What `run` gets: the input and the context in one object, so that `async ({ input, signal }) => …` reads well. */
export type ActionCall<Input> = ActionContext & { readonly input: Input };

/** Everything about an action but its code. */
export interface ActionDeclaration<Shape extends InputShape> {
  /** One or two sentences for the authors of workflows: what it does, what its result is. */
  readonly description: string;
  /** The parameters; none when absent. */
  readonly input?: Shape;
  /** Parameters beyond the declared ones are accepted too. */
  readonly acceptsOtherParameters?: boolean;
  /** JSON Schema (draft 2020-12 or 7) of the whole input, for what `input` can't say; checked before `run`. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** A reason to refuse an input of the right types, or undefined: e.g. `give either body or json`. Synchronous, no effects. */
  readonly validate?: (call: { readonly input: InputOf<Shape> }) => string | undefined;
  /** The result comes later, from outside: `run` only starts the work and answers `pending()`. */
  readonly isAsync?: boolean;
  /** Running it twice does no harm: after a crash the service starts it again instead of failing it. */
  readonly isSafeToRerun?: boolean;
  /**
   * For actions without any side effect: computes the outcome at once, inside the engine's own transaction, which is many
   * times faster. Must not wait, read the clock or talk to anyone. Returns undefined for an input that needs `run`, and
   * `after(seconds, outcome)` for one whose outcome shall come later, for which nobody has to be busy.
   */
  readonly runPure?: (call: { readonly input: InputOf<Shape> }) => ActionOutcome | Waiting | undefined;
  /**
   * The input is handed over as the engine keeps it, without the conversion to plain JavaScript values: integers beyond
   * 2^53 are `bigint` and whole floats objects. For actions that pass values on untouched. `runPure` always gets it so.
   */
  readonly keepsExactValues?: boolean;
  /** Name in messages about the input, default the action's name, e.g. `mistral.actions.std_actions.EchoAction`. */
  readonly className?: string;
  /** Name in messages about a failed run, default made of `className`. */
  readonly label?: string;
}

/** An action as the service sees it; made by {@link defineAction} only. */
export interface ActionDefinition extends Omit<
  ActionDeclaration<InputShape>,
  'input' | 'validate' | 'runPure' | 'className'
> {
  readonly name: string;
  readonly className: string;
  readonly parameters: readonly Parameter[];
  readonly isAsync: boolean;
  readonly isSafeToRerun: boolean;
  readonly validate?: (call: { readonly input: Record<string, unknown> }) => string | undefined;
  readonly runPure?: (call: { readonly input: Record<string, unknown> }) => ActionOutcome | Waiting | undefined;
  readonly run: (call: ActionCall<Record<string, unknown>>) => Promise<ActionOutcome>;
}

/**
 * Declares an action.
 * @param name  by which workflows call it, with the pack's name in front: `acme.ship`
 * @param run  does the work; what it throws becomes the error of the task. May be absent when `runPure` always answers
 * @throws {TypeError} when the name or the declaration can't work
 */
export function defineAction<const Shape extends InputShape = InputShape>(
  name: string,
  declaration: ActionDeclaration<Shape>,
  run?: (call: ActionCall<InputOf<Shape>>) => ActionOutcome | Promise<ActionOutcome>,
): ActionDefinition {
  if (!/^[A-Za-z_][\w-]*(\.[\w-]+)*$/.test(name))
    throw new TypeError(`action name "${name}": expected words with dots between, as in "acme.ship"`);
  const body = run ?? pureBody(name, declaration);
  return {
    ...(declaration as Omit<ActionDeclaration<Shape>, 'input'>),
    name,
    className: declaration.className ?? name,
    parameters: parametersOf(declaration.input ?? {}),
    isAsync: declaration.isAsync ?? false,
    isSafeToRerun: declaration.isSafeToRerun ?? declaration.runPure !== undefined,
    run: async (call) => body(call as ActionCall<InputOf<Shape>>),
  } as ActionDefinition;
}

function pureBody<Shape extends InputShape>(name: string, { runPure }: ActionDeclaration<Shape>) {
  if (runPure === undefined) throw new TypeError(`action "${name}" has neither run nor runPure`);
  return async (call: ActionCall<InputOf<Shape>>): Promise<ActionOutcome> => {
    const answer = runPure(call);
    if (answer === undefined) throw new TypeError(`action "${name}": runPure gave no outcome and there is no run`);
    if (answer.kind !== 'waiting') return answer;
    await wait(answer.seconds * 1000, call.signal);
    return answer.outcome;
  };
}
