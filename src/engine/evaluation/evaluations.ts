import {
  Allowance,
  type Evaluated,
  type EvaluationBounds,
  type EvaluationScope,
  type WantedEvaluation,
} from '../../core/expressions/index.js';
import { ServedScope } from './served-scope.js';

/** Time for the expressions of one decision, in milliseconds. */
const DECISION_MS = 20;

/** How an evaluation in a thread ended: `unloaded` when it has to be begun again with more data. */
export type Computed = Evaluated | { readonly kind: 'unloaded' };

/** Computes an evaluation in a thread; `turn` is whose it is. */
export type Compute = (served: ServedScope, turn: string) => Promise<Computed>;

interface Known {
  readonly served: ServedScope;
  readonly computed: Computed;
}

/**
 * The evaluations that one decision waits for: it is taken, computes what it lacks outside of its transaction, and is
 * taken again, until it lacks nothing.
 */
export class Evaluations {
  private readonly known = new Map<string, Known[]>();
  private turn = '';
  private seed: string | undefined;

  constructor(
    private readonly compute: Compute,
    private readonly isHeavy: (text: string) => boolean,
  ) {}

  /** Bounds for taking the decision once. @param turn  whose evaluations they are, e.g. the id of the root execution */
  bounds(turn: string): EvaluationBounds {
    this.turn = turn;
    const allowance = new Allowance(() => performance.now(), DECISION_MS);
    return { allowance, isHeavy: this.isHeavy, recall: (text, scope) => this.recall(text, scope) };
  }

  /** Has the decision make the same ids and random numbers when it is taken again, so that its expressions see the same. */
  keepSeed(seed: string): void {
    this.seed = seed;
  }

  /** The seed that was kept, once. */
  takeSeed(): string | undefined {
    const { seed } = this;
    this.seed = undefined;
    return seed;
  }

  /** Computes what a decision lacked. */
  async learn(wanted: readonly WantedEvaluation[]): Promise<void> {
    await Promise.all(
      wanted.map(async ({ text, scope }) => {
        const served = new ServedScope(text, scope);
        const computed = await this.compute(served, this.turn);
        const others = this.known.get(text) ?? [];
        this.known.set(text, [...others, { served, computed }]);
      }),
    );
  }

  private recall(text: string, scope: EvaluationScope): Evaluated | undefined {
    const candidates = this.known.get(text);
    if (candidates === undefined) return undefined;
    for (const { served, computed } of candidates) {
      if (computed.kind === 'unloaded') served.load(scope);
      else if (served.isSame(scope)) return computed;
    }
    return undefined;
  }
}
