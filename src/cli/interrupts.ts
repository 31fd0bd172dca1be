const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const INTERRUPTED = 130;
/** npm passes on a Ctrl-C that the terminal has sent to the whole group already: within this time it is the same one. */
const SAME_SIGNAL_MS = 1_000;

/** Ctrl-C and SIGTERM: the first one asks for a clean end, a later one ends the process at once. */
export class Interrupts {
  private firstAt: number | undefined;
  private action: () => void = () => undefined;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  get hasCome(): boolean {
    return this.firstAt !== undefined;
  }

  /** What to do at the first one; at once if it has come already. */
  onFirst(action: () => void): void {
    this.action = action;
    if (this.hasCome) action();
  }

  stop(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }

  private readonly onSignal = (): void => {
    if (this.firstAt === undefined) {
      this.firstAt = performance.now();
      this.action();
    } else if (performance.now() - this.firstAt > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
  };
}
