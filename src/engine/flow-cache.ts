import type { Flow } from '../core/flow/index.js';

/** One that is too large for the cache stays so long after its last event. */
const LARGE_STAYS_MS = 5_000;

interface Cached {
  readonly flow: Flow;
  readonly bytes: number;
}

/**
 * Recent executions in memory, the least recently used leaving first. Of those that are larger than all others may be
 * together only the last one stays, and only while it goes on: so its events need not load all of it again and again.
 */
export class FlowCache {
  private readonly flows = new Map<string, Cached>();
  private bytes = 0;
  private large: Flow | undefined;
  private largeLeaves: NodeJS.Timeout | undefined;

  /** @param maxBytes  of all cached executions together, as {@link Flow.bytes} estimates them */
  constructor(
    private readonly maxBytes: number,
    private readonly largeStaysMs = LARGE_STAYS_MS,
  ) {}

  get size(): number {
    return this.flows.size + Number(this.large !== undefined);
  }

  /** The execution as last seen; whether it is still current is for the caller to check by version. */
  take(id: string): Flow | undefined {
    const flow = this.large?.execution.id === id ? this.large : this.flows.get(id)?.flow;
    this.drop(id);
    return flow;
  }

  put(flow: Flow): void {
    const { bytes } = flow;
    this.drop(flow.execution.id);
    if (bytes > this.maxBytes) {
      this.keepLarge(flow);
      return;
    }
    this.flows.set(flow.execution.id, { flow, bytes });
    this.bytes += bytes;
    for (const id of this.flows.keys()) {
      if (this.bytes <= this.maxBytes) return;
      this.drop(id);
    }
  }

  drop(id: string): void {
    if (this.large?.execution.id === id) this.dropLarge();
    const cached = this.flows.get(id);
    if (cached === undefined) return;
    this.flows.delete(id);
    this.bytes -= cached.bytes;
  }

  private keepLarge(flow: Flow): void {
    this.dropLarge();
    this.large = flow;
    this.largeLeaves = setTimeout(() => this.dropLarge(), this.largeStaysMs).unref();
  }

  private dropLarge(): void {
    clearTimeout(this.largeLeaves);
    this.large = undefined;
  }
}
