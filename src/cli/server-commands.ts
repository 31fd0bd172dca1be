import type { Command } from 'commander';
import { envOption, inputOption, jsonOption } from './arguments.js';
import type { RunOptions } from './commands/run.js';
import { exitWith } from './exit-with.js';

const SETTINGS = `
Settings are environment variables, among them HOST (127.0.0.1), PORT (8989), DATABASE_URL and
REDIS_URL. Without DATABASE_URL the service brings a PostgreSQL of its own, whose data are in
DATA_DIR (./data). All settings: docs/settings.md`;

/** Commands that run the service in this process; their settings are environment variables. */
export function addServerCommands(program: Command): void {
  program
    .command('run')
    .description('run a workflow of a file without a server; exit by its state')
    .argument('<files...>', 'YAML files; the first one has the workflow, others what it uses')
    .option('-w, --workflow <name>', 'which workflow, when the file has several that no other one calls')
    .addOption(inputOption())
    .addOption(envOption())
    .option('-q, --quiet', 'show no progress')
    .addOption(jsonOption())
    .action(async (files: string[], options: RunOptions) => {
      await import('../memory.js');
      await exitWith((await import('./commands/run.js')).run(files, options));
    });
  program
    .command('serve')
    .description('start the service')
    .addHelpText('after', SETTINGS)
    .action(async () => {
      await import('../memory.js');
      await (await import('../serve.js')).serve();
    });
}
