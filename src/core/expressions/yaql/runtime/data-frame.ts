import { dictGet, dictEntries, toDict } from '../../../shared/index.js';
import type { ContextLayers, EvaluationScope } from '../../scope.js';
import type { Budget, Value } from '../../values/index.js';
import { rawCopy } from '../values/raw.js';
import { Frame } from './frame.js';
import { Runtime, type Registry } from './frame.js';

const ENGINE_VARIABLES: ReadonlySet<string> = new Set(['$__env', '$__execution', '$__task_execution']);

/** Layers are not changed, so what they come to is kept as long as they are. */
const merged = new WeakMap<ContextLayers, Value>();

/** The outermost frame: `$` is the data context, which stays in its layers until an expression asks for the whole. */
export class DataFrame extends Frame {
  #whole: Value | undefined;

  constructor(
    readonly scope: EvaluationScope,
    registry: Registry,
    budget: Budget,
  ) {
    super(new Runtime(scope, registry, budget), null, undefined);
    this.#whole = scope.root;
  }

  override hasSubject(): boolean {
    return true;
  }

  override ownSubject(): Value {
    if (this.#whole === undefined) this.#whole = this.#merge();
    return this.#whole;
  }

  /** The value under a key of `$`, without making the whole of it; undefined when `$` has to be asked itself. */
  subjectEntry(key: string): Value | undefined {
    return this.scope.root === undefined ? this.entry(key) : undefined;
  }

  /** The value of a top-level key in the first layer that has it. */
  entry(key: string): Value | undefined {
    for (const layer of this.scope.layers) {
      const value = dictGet<Value>(layer, key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  protected override own(name: string): Value | undefined {
    if (!ENGINE_VARIABLES.has(name) || this.scope.root !== undefined) return undefined;
    return rawCopy(this.entry(name.slice(1)) ?? null, this.runtime);
  }

  #merge(): Value {
    const { layers } = this.scope;
    const known = merged.get(layers);
    if (known !== undefined) return known;
    const whole = mergeLayers(layers);
    merged.set(layers, whole);
    return whole;
  }
}

function mergeLayers(layers: ContextLayers): Value {
  const [only] = layers;
  if (only !== undefined && layers.length === 1) return only;
  return toDict<Value>(
    layers.toReversed().flatMap((layer) => dictEntries<Value>(layer as Parameters<typeof dictEntries<Value>>[0])),
  );
}
