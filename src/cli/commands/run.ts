import { environmentWith } from '../../config/index.js';
import { applyDocument } from '../client/apply.js';
import { type Document, readDocument } from '../client/documents.js';
import { pathOf, ServiceClient } from '../client/service-client.js';
import { startExecution, type StartOptions } from '../client/start.js';
import { type EmbeddedService, startEmbeddedService } from '../embedded-service.js';
import { readText } from '../files.js';
import { Interrupts } from '../interrupts.js';
import { follow } from '../live/follow.js';
import { checked, mainWorkflow } from '../main-workflow.js';
import { EXIT, exitCodeOf } from '../outcome.js';
import { note } from '../output.js';
import { printOutcome } from '../print-outcome.js';

export interface RunOptions extends StartOptions {
  readonly workflow?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const POLL_MS = 100;

/** `tramontane run`: the workflow of a file on a service inside this process, from upload to result. */
export async function run(files: readonly string[], options: RunOptions): Promise<number> {
  const documents = await readDocuments(files);
  const [first] = documents;
  if (first === undefined) return EXIT.usage;
  const name = options.workflow ?? mainWorkflow(first.document, first.file);
  const interrupts = new Interrupts();
  const service = await startUnlessInterrupted(interrupts);
  if (service === undefined) return EXIT.cancelled;
  try {
    const client = new ServiceClient(service.url);
    for (const { document } of documents) await applyDocument(client, document, options.namespace);
    return await runWorkflow(client, name, options, interrupts);
  } finally {
    interrupts.stop();
    await service.stop();
  }
}

/** A Ctrl-C that comes while the database is made reaches its helpers too, and is no failure. */
async function startUnlessInterrupted(interrupts: Interrupts): Promise<EmbeddedService | undefined> {
  try {
    const service = await startEmbeddedService(settings());
    if (!interrupts.hasCome) return service;
    await service.stop();
    return undefined;
  } catch (error) {
    if (interrupts.hasCome) return undefined;
    throw error;
  }
}

interface ReadFile {
  readonly file: string;
  readonly document: Document;
}

/** All files, checked before anything is started. */
async function readDocuments(files: readonly string[]): Promise<readonly ReadFile[]> {
  const documents: ReadFile[] = [];
  for (const file of files) {
    const document = readDocument(await readText(file), file);
    checked(document, file);
    documents.push({ file, document });
  }
  return documents;
}

async function runWorkflow(
  client: ServiceClient,
  name: string,
  options: RunOptions,
  interrupts: Interrupts,
): Promise<number> {
  const id = await startExecution(client, name, options);
  interrupts.onFirst(() => {
    note('Stopping …');
    void client.send('PUT', pathOf('executions', id), { state: 'CANCELLED', state_info: 'Interrupted.' }).catch(() => {
      // It has ended meanwhile.
    });
  });
  const execution = await follow(client, id, {
    out: options.quiet === true ? undefined : process.stderr,
    pollMs: POLL_MS,
    onPaused: () => note(`Paused; to go on: tramontane resume ${id} --url ${client.url}`),
  });
  printOutcome(execution, options.json === true);
  return exitCodeOf(execution.state);
}

/** The user's settings, but a database, a queue and timers of its own. */
function settings(): Readonly<Record<string, string | undefined>> {
  const fixed = { DATABASE_URL: undefined, REDIS_URL: undefined, ROLES: undefined, CRON_ENABLED: 'false' };
  return environmentWith({ LOG_LEVEL: 'error', SHUTDOWN_GRACE_SECONDS: '1' }, fixed);
}
