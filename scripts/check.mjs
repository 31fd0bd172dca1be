/** Everything CI checks besides the tests; each step prints only what is wrong. */
import { spawnSync } from 'node:child_process';

const steps = [
  ['format', 'prettier --check .'],
  ['types', 'tsc --noEmit'],
  ['lint', 'eslint . --max-warnings 0'],
  ['architecture', 'depcruise --config .dependency-cruiser.cjs src plugins test'],
  ['unused code', 'knip'],
];
const failed = steps.filter(([name, command]) => {
  const started = Date.now();
  const { status } = spawnSync('npx', ['--no-install', ...command.split(' ')], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
