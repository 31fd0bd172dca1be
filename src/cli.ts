#!/usr/bin/env node
import { Command } from 'commander';
import { addEval } from './cli/eval.js';
import { addLint } from './cli/lint.js';
import { addServe } from './cli/serve.js';

const program = new Command('tramontane')
  .description('Runs workflows: the server, and its tools for authors.')
  .showHelpAfterError('(tramontane --help lists the commands)');

for (const add of [addServe, addEval, addLint]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
