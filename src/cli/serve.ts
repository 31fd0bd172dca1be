import type { Command } from 'commander';

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start the service; settings are environment variables')
    .action(async () => {
      await import('../memory.js');
      const { serve } = await import('../serve.js');
      await serve();
    });
}
