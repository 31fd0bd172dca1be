import Table from 'cli-table3';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './app.js';
import { type Config, createLogger, loadConfig } from './config/index.js';
import { DemoClient, type ExecutionView } from './demo/client.js';
import { progressLines, Screen } from './demo/progress.js';

const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'crawl-report.yaml');
const POLL_MS = 100;
const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED'];

/** `npm run demo`: the service on an embedded PostgreSQL of its own, one example workflow, and its report. */
async function demo(): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tramontane-demo-'));
  // The example talks to the service itself, which std.http refuses unless it is told otherwise.
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', HTTP_DENIED_CIDRS: 'none' });
  say('Starting Tramontane on an embedded PostgreSQL …');
  const app = await createApp(config, createLogger(config.logLevel));
  try {
    await app.listen(config.port, config.host);
    return await runExample(new DemoClient(await app.getUrl()), config);
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runExample(client: DemoClient, config: Config): Promise<number> {
  say(`It listens on ${client.url}; roles: ${config.roles.join(', ')}.`);
  const names = await client.upload(await readFile(EXAMPLE, 'utf8'));
  say(`Uploaded examples/crawl-report.yaml: ${names.join(', ')}.\n`);
  const id = await client.start('crawl_report', { base_url: client.url });
  const execution = await watch(client, id);
  return report(client, execution);
}

async function watch(client: DemoClient, id: string): Promise<ExecutionView> {
  const screen = new Screen(process.stdout);
  const startedAt = performance.now();
  for (;;) {
    const execution = await client.execution(id);
    screen.draw(progressLines(await client.tasks(id), performance.now() - startedAt));
    if (FINAL.includes(execution.state)) return execution;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

interface Report {
  readonly summary?: string;
  readonly rows?: readonly { readonly what: string; readonly found: number; readonly ms: number | null }[];
}

function report(client: DemoClient, execution: ExecutionView): number {
  if (execution.state !== 'SUCCESS') {
    say(`\nThe workflow ended in ${execution.state}: ${execution.state_info ?? execution.output}`);
    return 1;
  }
  const { summary = '', rows = [] } = JSON.parse(execution.output) as Report;
  const table = new Table({
    head: ['what', 'found', 'ms'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  table.push(...rows.map(({ what, found, ms }) => [what, found, ms ?? '']));
  say(`\n${summary}\n${table.toString()}`);
  say(`\nWhile the service runs (npm start), Swagger UI is at its /docs: here it was ${client.url}/docs.`);
  return 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = await demo().catch((error: unknown) => {
  process.stderr.write(`The demo could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
