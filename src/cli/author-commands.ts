import type { Command } from 'commander';
import type { EvalOptions } from './commands/eval.js';
import type { RehearseOptions } from './commands/rehearse.js';
import { exitWith } from './exit-with.js';

/** Commands for those who write workflows; they need no service. What they do is loaded when they are called. */
export function addAuthorCommands(program: Command): void {
  program
    .command('eval')
    .description('evaluate an expression, or a text with expressions, as a workflow would')
    .argument('[text]', "e.g. '<% $.x %>' or '{{ _.x }}'")
    .option('-c, --context <file>', 'JSON file with the data: $ in YAQL, _ in Jinja; - reads standard input')
    .option('--jsonl', 'read lines {"expr", "ctx"}, {"data", "ctx"} or {"validate"} from standard input, answer each')
    .action(async (text: string | undefined, options: EvalOptions) =>
      exitWith((await import('./commands/eval.js')).evalText(text, options)),
    );
  program
    .command('lint')
    .description('report what is wrong, or legal but surely not meant, in definitions; exit code 1 if there is any')
    .argument('<files...>', 'YAML files of workflows, workbooks or actions; - reads standard input')
    .option('--json', 'print the findings as one JSON array')
    .action(async (files: string[], options: { readonly json?: boolean }) =>
      exitWith((await import('./commands/lint.js')).lintFiles(files, options)),
    );
  program
    .command('rehearse')
    .description('play workflows in memory with mocked results and compare with what is expected')
    .argument('<files...>', 'YAML files of rehearsals')
    .option('-v, --verbose', 'show tasks, times and output, also where all is as expected')
    .option('--json', 'print JSON, for programs')
    .action(async (files: string[], options: RehearseOptions) =>
      exitWith((await import('./commands/rehearse.js')).rehearseFiles(files, options)),
    );
}
