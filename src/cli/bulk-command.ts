import { Argument, type Command } from 'commander';
import { gathered, stopStateOption, wholeNumber } from './arguments.js';
import { client } from './client-commands.js';
import type { BulkOptions } from './commands/bulk.js';
import { exitWith } from './exit-with.js';

const ACTIONS = ['pause', 'resume', 'stop', 'rerun', 'delete'];

/** The command that changes many executions at once. */
export function addBulkCommand(program: Command): void {
  client(program, 'bulk', 'do one thing with all executions that filters match; exit code 1 if any refused')
    .addArgument(new Argument('<action>', 'what to do with each of them').choices(ACTIONS))
    .option(
      '--where <field=value>',
      'any filter of the API, e.g. state=in:RUNNING,PAUSED; may be given again',
      gathered,
      [],
    )
    .option('--all', 'all executions of the project, instead of --where')
    .option('--dry-run', 'only count those that match')
    .option('-l, --limit <n>', 'change only so many, the oldest first', wholeNumber)
    .option('--sub-executions', 'also those that a task of another execution has started')
    .addOption(stopStateOption('stop: as what they end; CANCELLED by default'))
    .option('-m, --message <text>', 'stop: why; kept as their state_info')
    .option('--force', 'delete: also those that have not ended')
    .action(async (action: string, options: BulkOptions) =>
      exitWith((await import('./commands/bulk.js')).bulk(action, options)),
    );
}
