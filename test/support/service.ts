import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** An answer of the service; `body` is parsed JSON, or the text when it is none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const FROM_ENVIRONMENT = ['PATH', 'HOME', 'TMPDIR', 'LANG'] as const;

/**
 * The built service (`dist/main`) as a process of its own, which can be killed and started again at the same address.
 * Only the settings given here reach it.
 */
export class Service {
  /** What all its processes have logged, one JSON line each. */
  readonly lines: string[] = [];
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();
  private isReady = false;
  private isGone = true;

  private constructor(
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async at(env: Readonly<Record<string, string>>): Promise<Service> {
    return new Service(await freePort(), env);
  }

  /** Starts the process, with more settings for this time; it is not ready yet. */
  spawn(env: Readonly<Record<string, string>> = {}): void {
    const inherited = FROM_ENVIRONMENT.map((name) => [name, process.env[name] ?? ''] as const);
    const settings = { LOG_LEVEL: 'info', PORT: String(this.port), ...this.env, ...env };
    const child = spawn(process.execPath, ['dist/main'], {
      env: { ...Object.fromEntries(inherited), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.isReady = false;
    this.isGone = false;
    this.child = child;
    this.ended = once(child, 'close').then(([code, signal]: unknown[]) => {
      this.isGone = true;
      this.lines.push(JSON.stringify({ msg: 'the process has ended', code, signal }));
    });
    for (const stream of [child.stdout, child.stderr])
      createInterface(stream).on('line', (line) => {
        this.lines.push(line);
        if (line.includes('Tramontane listens on')) this.isReady = true;
      });
  }

  /** @throws {Error} with the last lines of the log when it ends instead */
  async ready(): Promise<void> {
    if (!(await this.readyOrEnded())) throw new Error(`the service has ended:\n${this.lines.slice(-5).join('\n')}`);
  }

  /** @returns whether it is ready; it has ended otherwise */
  async readyOrEnded(): Promise<boolean> {
    await until(() => this.isReady || this.hasEnded, 60_000);
    return this.isReady;
  }

  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.spawn(env);
    await this.ready();
  }

  /** Whether no process is left, and all it has written was read. */
  get hasEnded(): boolean {
    return this.isGone;
  }

  /** Lets the process stand still, e.g. as a machine does that is moved. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Resolves when the process is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.child?.kill(signal);
    await this.ended;
  }

  /** One request; a body that is no text is sent as JSON. @throws when the service can't be reached */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const type = typeof body === 'string' ? 'text/plain' : 'application/json';
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': type } }),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: answer.status, body: parsed(await answer.text()) };
  }

  /** As `call`, repeated while the service is away: the request must bear that. */
  async callSurely(method: string, path: string, body?: unknown): Promise<Answer> {
    return until(async () => {
      const answer = await this.call(method, path, body);
      return answer.status !== 503 && answer;
    }, 60_000);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
