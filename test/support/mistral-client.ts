import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a command of the client came to. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = join(import.meta.dirname, 'mistral-client.py');
// Debian's own, for which its package installs; there may be another in the path.
const PYTHON = '/usr/bin/python3';
const INSTALL_LIMIT_MS = 90_000;
const IMPORT_LIMIT_MS = 30_000;

/** Whether python-mistralclient can be run; in CI, as root, it is installed first when it is missing. */
export function hasMistralClient(): boolean {
  if (isInstalled()) return true;
  if (process.env['CI'] !== 'true' || process.getuid?.() !== 0) return false;
  const install = 'apt-get update -q && apt-get install -qy --no-install-recommends python3-mistralclient';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('sh', ['-c', install], { env, stdio: 'ignore', timeout: INSTALL_LIMIT_MS });
  return isInstalled();
}

function isInstalled(): boolean {
  const options = { stdio: 'ignore', timeout: IMPORT_LIMIT_MS } as const;
  return spawnSync(PYTHON, ['-c', 'import mistralclient.shell'], options).status === 0;
}

/** The shell of python-mistralclient, kept in one process because Python takes a second to load it; one command at a time. */
export class MistralClient {
  /** How many commands have been run. */
  count = 0;
  readonly #process: ChildProcess;
  readonly #waiting: ((line: string) => void)[] = [];

  /** @param url  e.g. `http://127.0.0.1:8989/v2` */
  constructor(url: string) {
    const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', OS_MISTRAL_URL: url };
    const child = spawn(PYTHON, [PROGRAM], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface(child.stdout).on('line', (line) => this.#waiting.shift()?.(line));
    this.#process = child;
  }

  /** Runs `mistral …`. */
  async run(...args: readonly string[]): Promise<Outcome> {
    this.count++;
    const answer = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin?.write(`${JSON.stringify(args)}\n`);
    return JSON.parse(await answer) as Outcome;
  }

  /** Runs a command that prints JSON. @throws {Error} with what it says when it fails */
  async json<T = Readonly<Record<string, unknown>>>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.text(...args, '-f', 'json')) as T;
  }

  /** What a command prints. @throws {Error} with what it says when it fails */
  async text(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`mistral ${args.join(' ')}: ${String(code)}\n${stdout}${stderr}`);
    return stdout;
  }

  close(): void {
    this.#process.kill();
  }
}
