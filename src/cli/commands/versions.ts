import { pathOf, ServiceClient } from '../client/service-client.js';
import { EXIT } from '../outcome.js';
import { print, printTable } from '../output.js';

export interface VersionsOptions {
  readonly url: string;
  readonly namespace?: string;
  readonly json?: boolean;
  readonly limit?: number;
}

interface Version {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly created_at: string;
}

/** `tramontane versions`: the texts that a workflow has had, the newest first. */
export async function versions(workflow: string, options: VersionsOptions): Promise<number> {
  const { namespace, limit } = options;
  const path = pathOf('workflows', workflow, 'versions');
  const answer = await new ServiceClient(options.url).get<{ readonly versions: readonly Version[] }>(path, {
    namespace,
    limit,
  });
  if (options.json === true) print(JSON.stringify(answer.versions, null, 2));
  else
    printTable(
      ['VERSION', 'NAME', 'UPLOADED', 'CHECKSUM'],
      answer.versions.map((one) => [String(one.version), one.name, one.created_at, one.checksum]),
    );
  return EXIT.success;
}
