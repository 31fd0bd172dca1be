import { Argument, Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addAuthorCommands } from './author-commands.js';
import { addBulkCommand } from './bulk-command.js';
import { addClientCommands } from './client-commands.js';
import { addControlCommands } from './control-commands.js';
import { EXIT, UsageError } from './outcome.js';
import { addServerCommands } from './server-commands.js';

const EXIT_CODES = `
Exit codes: 0 done, or the execution ended in SUCCESS; 1 it failed, or ended in ERROR;
2 the execution was CANCELLED; 3 the command was not understood.`;

/** All commands with their help. */
export function createProgram(): Command {
  const program = new Command('tramontane')
    .description('Runs workflows: the service, its client, and tools for those who write them.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXIT_CODES)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
    // So that `start --version 2` is an option of start.
    .enablePositionalOptions()
    .exitOverride();
  program.commandsGroup('Run:');
  addServerCommands(program);
  program.commandsGroup('Write:');
  addAuthorCommands(program);
  program.commandsGroup('Talk to a service:');
  addClientCommands(program);
  addControlCommands(program);
  addBulkCommand(program);
  program.commandsGroup('More:').helpCommand('help [command]', 'print the help of a command');
  addCompletion(program);
  return program;
}

function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that lets a shell complete commands and options')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh']))
    .addHelpText('after', '\nFor this session: source <(tramontane completion bash)')
    .action(async (shell: 'bash' | 'zsh') => {
      const { completion } = await import('./commands/completion.js');
      process.exitCode = completion(program, shell);
    });
}

/** Runs one command; what goes wrong is one sentence on standard error. */
export async function runProgram(args: readonly string[]): Promise<void> {
  process.stdout.on('error', endWhenNobodyReads);
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = exitCodeFor(error);
    // Commander has said what it has to say.
    if (!(error instanceof CommanderError)) process.stderr.write(`${messageOf(error)}\n`);
  }
}

/** As in `tramontane list | head`. */
function endWhenNobodyReads(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit(EXIT.success);
  throw error;
}

function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage;
  return error instanceof UsageError ? EXIT.usage : EXIT.failure;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
