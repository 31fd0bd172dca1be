import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyDocument } from './cli/client/apply.js';
import { readDocument } from './cli/client/documents.js';
import { ServiceClient } from './cli/client/service-client.js';
import { startExecution } from './cli/client/start.js';
import { startEmbeddedService } from './cli/embedded-service.js';
import { type ExecutionView, follow } from './cli/live/follow.js';
import { print, printTable } from './cli/output.js';

const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'crawl-report.yaml');
const POLL_MS = 100;

/** `npm run demo`: the service on an embedded PostgreSQL of its own, one example workflow, and its report. */
async function demo(): Promise<number> {
  print('Starting Tramontane on an embedded PostgreSQL …');
  // The example talks to the service itself, which std.http refuses unless it is told otherwise.
  const service = await startEmbeddedService({ LOG_LEVEL: 'warn', HTTP_DENIED_CIDRS: 'none' });
  try {
    return await runExample(new ServiceClient(service.url));
  } finally {
    await service.stop();
  }
}

async function runExample(client: ServiceClient): Promise<number> {
  print(`It listens on ${client.url}.`);
  const applied = await applyDocument(client, readDocument(await readFile(EXAMPLE, 'utf8'), EXAMPLE));
  print(`Uploaded examples/crawl-report.yaml: ${applied.map(({ name }) => name).join(', ')}.\n`);
  const input = JSON.stringify({ base_url: client.url });
  const id = await startExecution(client, 'crawl_report', { input });
  return report(client, await follow(client, id, { out: process.stdout, pollMs: POLL_MS }));
}

interface Report {
  readonly summary?: string;
  readonly rows?: readonly { readonly what: string; readonly found: number; readonly ms: number | null }[];
}

function report(client: ServiceClient, execution: ExecutionView): number {
  if (execution.state !== 'SUCCESS') {
    print(`\nThe workflow ended in ${execution.state}: ${execution.state_info ?? execution.output}`);
    return 1;
  }
  const { summary = '', rows = [] } = JSON.parse(execution.output) as Report;
  print(`\n${summary}\n`);
  printTable(
    ['WHAT', 'FOUND', 'MS'],
    rows.map(({ what, found, ms }) => [what, String(found), String(ms ?? '')]),
  );
  print(`\nWhile the service runs (npm start), Swagger UI is at its /docs: here it was ${client.url}/docs.`);
  return 0;
}

process.exitCode = await demo().catch((error: unknown) => {
  process.stderr.write(`The demo could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
