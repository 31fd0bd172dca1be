import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { discoverPacks } from './discover-packs.js';

const SHIP = action('acme.ship');
let appDir: string;

beforeEach(async () => {
  appDir = await mkdtemp(join(tmpdir(), 'packs-'));
});
afterEach(() => rm(appDir, { recursive: true }));

describe('discoverPacks', () => {
  it('finds packs among the dependencies, in plugins/ and in the configured folder', async () => {
    await file('package.json', {
      dependencies: { 'acme-a': '1' },
      optionalDependencies: { '@acme/b': '1', 'not-installed': '1' },
    });
    await pack('node_modules/acme-a', { name: 'acme-a' });
    await pack('node_modules/@acme/b', { name: '@acme/b' });
    await pack('plugins/c', { name: 'acme-c' });
    await pack('more/@acme/d', { name: '@acme/d' });

    const packs = await discoverPacks({ appDir, pluginsDir: join(appDir, 'more') });

    expect(packs.map((p) => p.packageName)).toEqual(['acme-a', '@acme/b', 'acme-c', '@acme/d']);
    expect(packs[0]?.actions.map((a) => a.name)).toEqual(['acme.ship']);
  });

  it('takes a package once, however many ways lead to it', async () => {
    await file('package.json', { dependencies: { 'acme-c': '1' } });
    await pack('plugins/c', { name: 'acme-c' });
    await mkdir(join(appDir, 'node_modules'));
    await symlink('../plugins/c', join(appDir, 'node_modules/acme-c'));

    expect(await discoverPacks({ appDir })).toHaveLength(1);
  });

  it('looks for dependencies in the folders above too', async () => {
    await file('app/package.json', { dependencies: { 'acme-a': '1' } });
    await pack('node_modules/acme-a', { name: 'acme-a' });

    expect(await discoverPacks({ appDir: join(appDir, 'app') })).toHaveLength(1);
  });

  it('neither imports what is no plugin nor what the patterns leave out', async () => {
    await pack('plugins/a', { name: 'lib', keywords: [], code: 'throw new Error("imported")' });
    await pack('plugins/b', { name: '@acme/bad', code: 'throw new Error("imported")' });
    await pack('plugins/c', { name: '@acme/good' });
    await pack('plugins/d', { name: 'other', code: 'throw new Error("imported")' });

    const packs = await discoverPacks({ appDir, include: ['@acme/*'], exclude: ['*bad'] });

    expect(packs.map((p) => p.packageName)).toEqual(['@acme/good']);
  });

  it('gives a pack the settings that it declares and no others', async () => {
    const code = `import { definePack, defineAction, success } from '@tramontane/plugin-sdk';
      export default definePack({ name: 'acme', contract: 1, settings: { ACME_URL: 'Where it is.' }, actions: (settings) =>
        [defineAction('acme.told', { description: JSON.stringify(settings) }, () => success())] });`;
    await pack('plugins/a', { name: 'acme-a', code });

    const [found] = await discoverPacks({ appDir, setting: (name) => `value of ${name}` });

    expect(found?.actions[0]?.description).toBe('{"ACME_URL":"value of ACME_URL"}');
  });
});

describe('a pack that cannot be used stops the start with one sentence', () => {
  it.each([
    ['has the keyword tramontane-plugin but no field "tramontane".', { tramontane: undefined }],
    ['has contract version 2 where this service needs 1.', { tramontane: { contract: 2, actions: './index.js' } }],
    ['has no contract version where this service needs 1.', { tramontane: { actions: './index.js' } }],
    ['needs the path of its module in "tramontane.actions", as in "./dist/index.js".', { tramontane: { contract: 1 } }],
    [
      'has a module outside of its folder in "tramontane.actions", "../x.js".',
      { tramontane: { contract: 1, actions: '../x.js' } },
    ],
    ['does not export the result of definePack() as its default.', { code: 'export default { name: "acme" };' }],
    ['has contract version 7 where this service needs 1.', { code: SHIP.replace('contract: 1', 'contract: 7') }],
    [
      "can't be configured: ACME_URL is missing.",
      { code: SHIP.replace('actions: [', 'actions: () => { throw new Error("ACME_URL is missing."); }, x: [') },
    ],
  ])('%s', async (sentence, contents) => {
    await pack('plugins/a', { name: 'acme-a', ...contents });

    await expect(discoverPacks({ appDir })).rejects.toThrow(`Plugin package "acme-a" ${sentence}`);
  });

  it('a module that throws', async () => {
    await pack('plugins/a', { name: 'acme-a', code: 'throw new Error("no licence")' });

    await expect(discoverPacks({ appDir })).rejects.toThrow(
      /^Plugin package "acme-a" can't be loaded from ".*index.js": no licence\.$/,
    );
  });

  it('a configured folder that is not there', async () => {
    const pluginsDir = join(appDir, 'nowhere');

    await expect(discoverPacks({ appDir, pluginsDir })).rejects.toThrow(`PLUGINS_DIR "${pluginsDir}" can't be read.`);
  });

  it('a package.json that is none', async () => {
    await file('plugins/a/package.json', 'nonsense');

    await expect(discoverPacks({ appDir })).rejects.toThrow(/plugins\/a\/package\.json" is no JSON\.$/);
  });
});

interface PackContents {
  readonly name: string;
  readonly keywords?: readonly string[];
  readonly tramontane?: unknown;
  readonly code?: string;
}

async function pack(folder: string, { code = SHIP, ...json }: PackContents): Promise<void> {
  const manifest = { contract: 1, actions: './index.js' };
  await file(`${folder}/package.json`, {
    type: 'module',
    keywords: ['tramontane-plugin'],
    tramontane: manifest,
    ...json,
  });
  await file(`${folder}/index.js`, code);
}

async function file(path: string, content: unknown): Promise<void> {
  const target = join(appDir, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, typeof content === 'string' ? content : JSON.stringify(content));
}

function action(name: string): string {
  return `import { definePack, defineAction, success } from '@tramontane/plugin-sdk';
    export default definePack({ name: 'acme', contract: 1, actions: [defineAction('${name}', { description: 'Ships.' }, () => success())] });`;
}
