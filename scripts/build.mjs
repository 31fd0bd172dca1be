/** Compiles src and the plugin packages with swc; files whose output is newer are left alone. */
import { transformFile } from '@swc/core';
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const packs = (await readdir(join(root, 'plugins'), { withFileTypes: true })).filter((d) => d.isDirectory());
const targets = [['src', 'dist'], ...packs.map((d) => [`plugins/${d.name}/src`, `plugins/${d.name}/dist`])];
for (const [from, to] of targets) await compile(join(root, from), join(root, to));

async function compile(from, to) {
  const wanted = new Set();
  for (const file of await filesOf(from)) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts') || file.endsWith('.d.ts')) continue;
    const target = join(to, relative(from, file)).replace(/\.ts$/, '.js');
    wanted.add(target).add(`${target}.map`);
    if (await isNewer(target, file)) continue;
    const { code, map } = await transformFile(file, { swcrc: true, configFile: join(root, '.swcrc') });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${code}\n//# sourceMappingURL=${relative(dirname(target), target)}.map\n`);
    await writeFile(`${target}.map`, map);
    if (code.startsWith('#!')) await chmod(target, 0o755);
  }
  for (const file of await filesOf(to)) if (!wanted.has(file)) await rm(file);
}

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath ?? e.path, e.name));
}

async function isNewer(target, source) {
  const [a, b] = await Promise.all([stat(target).catch(() => undefined), stat(source)]);
  return a !== undefined && a.mtimeMs > b.mtimeMs;
}
