import { readFilters } from '../client/filters.js';
import { ServiceClient } from '../client/service-client.js';
import { EXIT, UsageError } from '../outcome.js';
import { note, print, printTable } from '../output.js';

export interface BulkOptions {
  readonly url: string;
  readonly json?: boolean;
  readonly where: readonly string[];
  readonly all?: boolean;
  readonly state?: string;
  readonly message?: string;
  readonly force?: boolean;
  readonly subExecutions?: boolean;
  readonly limit?: number;
  readonly dryRun?: boolean;
}

interface BulkAnswer {
  readonly matched: number;
  readonly done: number;
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** `tramontane bulk`: does one thing with all executions that filters match; 1 if any of them refused. */
export async function bulk(action: string, options: BulkOptions): Promise<number> {
  if (options.where.length === 0 && options.all !== true)
    throw new UsageError('bulk: which executions? --where FIELD=VALUE, or --all');
  if (options.where.length > 0 && options.all === true)
    throw new UsageError('bulk: --all and --where exclude each other');
  const answer = await new ServiceClient(options.url).send<BulkAnswer>('POST', 'executions/bulk', {
    action,
    filter: readFilters(options.where),
    state: options.state,
    state_info: options.message,
    force: options.force,
    sub_executions: options.subExecutions,
    limit: options.limit,
    dry_run: options.dryRun,
  });
  if (options.json === true) print(JSON.stringify(answer, null, 2));
  else show(action, answer, options.dryRun === true);
  return answer.refused.length === 0 ? EXIT.success : EXIT.failure;
}

function show(action: string, { matched, done, refused }: BulkAnswer, isDryRun: boolean): void {
  print(isDryRun ? `${action}: ${matched} match` : `${action}: done with ${done} of ${matched} that match`);
  if (refused.length === 0) return;
  note(`${refused.length} refused:`);
  printTable(
    ['ID', 'REASON'],
    refused.map(({ id, reason }) => [id, reason]),
  );
}
