import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { validate } from '../core/expressions/index.js';
import { lint } from '../core/language/index.js';

export function addLint(program: Command): void {
  program
    .command('lint')
    .description(
      'report what is wrong, or legal but surely not meant, in definitions; exit code 1 if there is anything',
    )
    .argument('<files...>', 'YAML files of workflows, workbooks or actions')
    .option('--json', 'print findings as JSON, one array')
    .action(async (files: string[], options: { json?: boolean }) => {
      const findings = (await Promise.all(files.map(findingsIn))).flat();
      if (options.json === true) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
      else
        for (const { file, line, column, rule, message } of findings)
          process.stdout.write(`${file}:${line}:${column}: ${message} [${rule}]\n`);
      if (findings.length > 0) process.exitCode = 1;
    });
}

async function findingsIn(file: string) {
  const text = await readFile(file, 'utf8');
  const options = { validateExpression: (expression: string) => validate(expression) };
  return lint(text, options).map((finding) => ({ file, ...finding }));
}
