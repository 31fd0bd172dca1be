import type { Clock } from '../config/index.js';

interface Known {
  /** Executions below the root when they were counted. */
  readonly counted: number;
  /** Started by this process since. */
  readonly added: number;
  /** Microseconds since 1970. */
  readonly countedAt: number;
}

const MOST_ROOTS = 10_000;
/** A process counts again when it has started so large a part of what is allowed, so others' starts are seen in time. */
const PART_BETWEEN_COUNTS = 1 / 20;
const FULL_FOR_MICROS = 1_000_000;

/**
 * How many executions there are below each root, as far as this process knows: counted now and then, and what it starts
 * itself is added. Several processes together may so exceed what is allowed by a twentieth each.
 */
export class TreeSizes {
  private readonly known = new Map<string, Known>();

  constructor(
    readonly bounds: { readonly maxDepth: number; readonly maxSize: number },
    private readonly clock: Clock,
  ) {}

  /** @returns `undefined` when they must be counted first */
  of(rootId: string): number | undefined {
    const known = this.known.get(rootId);
    if (known === undefined) return undefined;
    const size = known.counted + known.added;
    const isFull = size >= this.bounds.maxSize;
    const isOld = isFull
      ? this.clock.now() - known.countedAt > FULL_FOR_MICROS
      : known.added > this.bounds.maxSize * PART_BETWEEN_COUNTS;
    return isOld ? undefined : size;
  }

  setCounted(rootId: string, counted: number): void {
    this.known.delete(rootId);
    this.known.set(rootId, { counted, added: 0, countedAt: this.clock.now() });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MOST_ROOTS) return;
      this.known.delete(oldest);
    }
  }

  add(rootId: string, count: number): void {
    const known = this.known.get(rootId);
    if (known !== undefined) this.known.set(rootId, { ...known, added: known.added + count });
  }
}

/** What one transaction takes of the room in the tree of its executions. */
export class TreeRoom {
  private rootId = '';
  private kept = 0;
  private taken = 0;

  constructor(
    private readonly sizes: TreeSizes,
    /** @throws NeedsData */
    private readonly sizeOf: (rootId: string) => number,
  ) {}

  /** A decision begins, or begins again. */
  begin(): void {
    this.taken = this.kept;
  }

  /** The decision stands. */
  keep(): void {
    this.kept = this.taken;
  }

  take(rootId: string): boolean {
    if (this.sizeOf(rootId) + this.taken >= this.sizes.bounds.maxSize) return false;
    this.rootId = rootId;
    this.taken += 1;
    return true;
  }

  /** After the commit. */
  report(): void {
    if (this.kept > 0) this.sizes.add(this.rootId, this.kept);
  }
}
