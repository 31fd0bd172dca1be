/** `npm run dev`: starts the built service, and builds and starts it again when a source changes. */
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const SETTLE_MS = 150;
let service = start();
let pending;

for (const folder of ['src', 'plugins'])
  watch(join(root, folder), { recursive: true }, (_, file) => onChange(file ?? ''));

function onChange(file) {
  if (!file.endsWith('.ts') || file.includes('dist/')) return;
  clearTimeout(pending);
  pending = setTimeout(restart, SETTLE_MS);
}

function restart() {
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (built.status !== 0) return;
  const old = service;
  old.once('exit', () => (service = start()));
  old.kill('SIGTERM');
}

function start() {
  return spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/main.js')], { stdio: 'inherit' });
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill(signal));
