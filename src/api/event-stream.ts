import type { ServerResponse } from 'node:http';
import type { SeenId, StateChange, StateChanges } from '../store/queries/index.js';

const HEARTBEAT_MS = 15_000;
/** Rows are also written without a change of state; of so many the last state is known, so that it isn't sent again. */
const REMEMBERED = 1_000;

/** One client that follows an execution. */
export class EventStream {
  isClosed = false;
  /** The version up to which the client has seen all. */
  version: number;
  readonly #sent = new Map<string, string>();
  #hasNews = false;
  #wake: () => void = () => undefined;

  constructor(
    readonly executionId: SeenId,
    version: number,
    private readonly response: ServerResponse,
  ) {
    this.version = version;
    response.on('close', () => this.close());
    response.on('error', () => this.close());
  }

  /** Resolves when the client has room for more. */
  async show({ tasks, execution, hasMore }: StateChanges): Promise<void> {
    const isNewer = execution !== undefined && execution.version > this.version;
    const changes = isNewer && !hasMore ? [...tasks, execution] : tasks;
    const events = changes.map((change, index) => {
      const isLast = index + 1 === changes.length ? !hasMore : changes[index + 1]?.version !== change.version;
      return this.isKnown(change) ? '' : eventText(change, isLast);
    });
    await this.write(events.join(''));
    if (!hasMore) this.version = Math.max(this.version, execution?.version ?? 0);
  }

  wake(): void {
    this.#hasNews = true;
    this.#wake();
  }

  close(): void {
    this.isClosed = true;
    this.#wake();
  }

  expectNews(): void {
    this.#hasNews = false;
  }

  /** Resolves when the execution has gone on, or at the end; meanwhile the client hears that the stream is alive. */
  async news(): Promise<void> {
    while (!this.#hasNews && !this.isClosed) {
      const isTime = await this.waitFor(HEARTBEAT_MS);
      if (isTime) await this.write(': still here\n\n');
    }
  }

  private isKnown(change: StateChange): boolean {
    const state = `${change.state} ${change.stateInfo ?? ''}`;
    if (this.#sent.get(change.id) === state) return true;
    this.#sent.delete(change.id);
    this.#sent.set(change.id, state);
    if (this.#sent.size > REMEMBERED) this.#sent.delete(this.#sent.keys().next().value ?? '');
    return false;
  }

  private async write(text: string): Promise<void> {
    if (text === '' || this.isClosed || this.response.write(text)) return;
    await new Promise<void>((resolve) => {
      this.#wake = (): void => {
        if (this.isClosed) resolve();
      };
      this.response.once('drain', resolve);
    });
  }

  /** @returns whether the time is over */
  private waitFor(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      this.#wake = (): void => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }
}

/** Only the last event of a version bears its number: a client that goes on from there has seen all of it. */
function eventText({ kind, id, name, state, stateInfo, version }: StateChange, isLast: boolean): string {
  const data = JSON.stringify({ id, name, state, state_info: stateInfo, version });
  return `${isLast ? `id: ${version}\n` : ''}event: ${kind}\ndata: ${data}\n\n`;
}
