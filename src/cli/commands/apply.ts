import { applyDocument, type Applied } from '../client/apply.js';
import { readDocument } from '../client/documents.js';
import { ServiceClient } from '../client/service-client.js';
import { readText } from '../files.js';
import { EXIT } from '../outcome.js';
import { print } from '../output.js';

export interface ApplyOptions {
  readonly url: string;
  readonly namespace?: string;
  readonly json?: boolean;
}

/** `tramontane apply`: creates or updates what files define. All files are read before the first one is sent. */
export async function apply(files: readonly string[], options: ApplyOptions): Promise<number> {
  const client = new ServiceClient(options.url);
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readText(file) })));
  const documents = texts.map(({ file, text }) => readDocument(text, file));
  const results: Applied[] = [];
  for (const document of documents) {
    const applied = await applyDocument(client, document, options.namespace);
    if (options.json !== true) for (const { change, kind, name } of applied) print(`${change} ${kind} ${name}`);
    results.push(...applied);
  }
  if (options.json === true) print(JSON.stringify(results, null, 2));
  return EXIT.success;
}
