import { type Command, Option } from 'commander';
import { stopStateOption } from './arguments.js';
import { client } from './client-commands.js';
import type { Control, ControlOptions } from './commands/control.js';
import { exitWith } from './exit-with.js';

interface StopOptions extends ControlOptions {
  readonly state: string;
  readonly message?: string;
}

interface RerunOptions extends ControlOptions {
  readonly reset: boolean;
}

const EXECUTION = ['<id>', 'id of the execution'] as const;
const TASK = ['<task-id>', 'id of the task'] as const;

/** Commands that change the state of an execution or of a task. */
export function addControlCommands(program: Command): void {
  client(program, 'pause', 'let an execution start nothing more for now')
    .argument(...EXECUTION)
    .action((id: string, options: ControlOptions) => run(id, { kind: 'pause' }, options));
  client(program, 'resume', 'let a paused execution go on')
    .argument(...EXECUTION)
    .addOption(valuesOption())
    .action((id: string, options: ControlOptions) => run(id, { kind: 'resume' }, options));
  client(program, 'stop', 'end an execution')
    .argument(...EXECUTION)
    .addOption(stopStateOption('as what it ends').default('CANCELLED'))
    .option('-m, --message <text>', 'why; kept as its state_info')
    .action((id: string, { state, message, ...options }: StopOptions) =>
      run(id, { kind: 'stop', state, message }, options),
    );
  client(program, 'rerun', 'run a task in ERROR again, and what follows it')
    .argument(...TASK)
    .option('--no-reset', 'of a with-items task only the failed items')
    .addOption(valuesOption())
    .action((id: string, { reset, ...options }: RerunOptions) => run(id, { kind: 'rerun', reset }, options));
  client(program, 'skip', 'go on as if a task in ERROR had been skipped')
    .argument(...TASK)
    .addOption(valuesOption())
    .action((id: string, options: ControlOptions) => run(id, { kind: 'skip' }, options));
}

async function run(id: string, wanted: Control, options: ControlOptions): Promise<void> {
  await exitWith((await import('./commands/control.js')).control(id, wanted, options));
}

function valuesOption(): Option {
  return new Option('-e, --env <json>', 'values to merge into the environment first: a JSON object or @file');
}
