/** What typescript.mjs registers: `./x.js` is looked up as `./x.ts` first, and swc takes the types away. */
import { transform } from '@swc/core';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export async function resolve(specifier, context, next) {
  const isRelative = specifier.startsWith('./') || specifier.startsWith('../');
  if (isRelative && specifier.endsWith('.js') && context.parentURL?.startsWith('file:')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  if (specifier === '@tramontane/plugin-sdk') {
    return { url: new URL('../../plugins/sdk/src/index.ts', import.meta.url).href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const swcrc = fileURLToPath(new URL('../../.swcrc', import.meta.url));
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    configFile: swcrc,
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
