import { validate } from '../../core/expressions/index.js';
import { lint, type LintFinding } from '../../core/language/index.js';
import { readText } from '../files.js';
import { EXIT } from '../outcome.js';
import { print } from '../output.js';

const OPTIONS = { validateExpression: (expression: string) => validate(expression) };

/** `tramontane lint`: findings with file, line and column; fails when there are any. */
export async function lintFiles(files: readonly string[], options: { readonly json?: boolean }): Promise<number> {
  const findings = (await Promise.all(files.map(findingsIn))).flat();
  if (options.json === true) print(JSON.stringify(findings, null, 2));
  else
    for (const { file, line, column, rule, message } of findings)
      print(`${file}:${line}:${column}: ${message.trim()} [${rule}]`);
  return findings.length === 0 ? EXIT.success : EXIT.failure;
}

async function findingsIn(file: string): Promise<readonly (LintFinding & { readonly file: string })[]> {
  return lint(await readText(file), OPTIONS).map((finding) => ({ file, ...finding }));
}
