import type { Command } from 'commander';
import {
  collectionArgument,
  countOption,
  envOption,
  gathered,
  inputOption,
  jsonOption,
  namespaceOption,
  urlOption,
  versionOption,
  wholeNumber,
} from './arguments.js';
import type { CollectionName } from './client/collections.js';
import type { ApplyOptions } from './commands/apply.js';
import type { GetOptions } from './commands/get.js';
import type { ListOptions } from './commands/list.js';
import type { LogsOptions } from './commands/logs.js';
import type { StartCommandOptions } from './commands/start.js';
import type { VersionsOptions } from './commands/versions.js';
import type { WatchOptions } from './commands/watch.js';
import { exitWith } from './exit-with.js';

const EXECUTION_ID = 'id of the execution';

/** Commands that talk to a running service. What they do is loaded when they are called. */
export function addClientCommands(program: Command): void {
  addApply(program);
  addStart(program);
  addList(program);
  addGet(program);
  addVersions(program);
  addWatch(program);
  addLogs(program);
}

function addApply(program: Command): void {
  client(program, 'apply', 'create or update what files define')
    .argument('<files...>', 'YAML files of workflows, workbooks, actions or environments; - reads standard input')
    .addOption(namespaceOption())
    .action(async (files: string[], options: ApplyOptions) =>
      exitWith((await import('./commands/apply.js')).apply(files, options)),
    );
}

function addStart(program: Command): void {
  client(program, 'start', 'start a workflow and print the id of the execution')
    .argument('<workflow>', 'name or id')
    .addOption(inputOption())
    .addOption(envOption())
    .addOption(namespaceOption())
    .addOption(versionOption('earlier version of the workflow to run'))
    .option('-d, --description <text>', 'what the execution is for')
    .option('--id <uuid>', 'id of the execution; nothing is started twice under the same id')
    .option('-w, --wait', 'show its progress, print its output, exit by its state')
    .option('-q, --quiet', 'with --wait: show no progress')
    .action(async (name: string, options: StartCommandOptions) =>
      exitWith((await import('./commands/start.js')).start(name, options)),
    );
}

function addList(program: Command): void {
  client(program, 'list', 'list definitions, environments, or what has run, newest first')
    .addArgument(collectionArgument())
    .option('-s, --state <state>', 'only executions or tasks in this state')
    .option('--workflow <name>', 'only executions or tasks of this workflow')
    .option('--execution <id>', 'only tasks of this execution')
    .option('--where <field=value>', 'any filter of the API, e.g. name=has:db; may be given again', gathered, [])
    .addOption(countOption())
    .action(async (kind: CollectionName, options: ListOptions) =>
      exitWith((await import('./commands/list.js')).list(kind, options)),
    );
}

function addGet(program: Command): void {
  client(program, 'get', 'show one thing with everything the service tells about it')
    .addArgument(collectionArgument())
    .argument('<id>', 'id, or name of a definition or an environment')
    .addOption(namespaceOption())
    .addOption(versionOption('earlier version of a workflow'))
    .action(async (kind: CollectionName, id: string, options: GetOptions) =>
      exitWith((await import('./commands/get.js')).get(kind, id, options)),
    );
}

function addVersions(program: Command): void {
  client(program, 'versions', 'list the texts that a workflow has had, newest first')
    .argument('<workflow>', 'name or id')
    .addOption(namespaceOption())
    .option('-l, --limit <n>', 'how many at most', wholeNumber)
    .action(async (name: string, options: VersionsOptions) =>
      exitWith((await import('./commands/versions.js')).versions(name, options)),
    );
}

function addWatch(program: Command): void {
  client(program, 'watch', 'show the tasks of an execution live until it ends; exit by its state')
    .argument('<id>', EXECUTION_ID)
    .action(async (id: string, options: WatchOptions) =>
      exitWith((await import('./commands/watch.js')).watch(id, options)),
    );
}

function addLogs(program: Command): void {
  client(program, 'logs', 'print one line per task of an execution and its sub-workflows')
    .argument('<id>', EXECUTION_ID)
    .option('-f, --follow', 'print tasks as they end, until the execution does; exit by its state')
    .action(async (id: string, options: LogsOptions) =>
      exitWith((await import('./commands/logs.js')).logs(id, options)),
    );
}

/** A command with the options that all of them have. */
export function client(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).addOption(urlOption()).addOption(jsonOption());
}
