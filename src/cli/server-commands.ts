import type { Command } from 'commander';

/** Commands that run the service in this process. */
export function addServerCommands(program: Command): void {
  program
    .command('serve')
    .description('start the service; its settings are environment variables')
    .action(async () => {
      await import('../memory.js');
      await (await import('../serve.js')).serve();
    });
}
