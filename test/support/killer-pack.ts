import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Settings of a service that has the killer pack. */
export interface Killer {
  readonly env: Readonly<Record<string, string>>;
  /** `killer.decide` does no harm any more. */
  disarm(): Promise<void>;
  remove(): Promise<void>;
}

/** Within a decision, `killer.decide` keeps the process busy for a while and then kills it. */
const CODE = `
import { existsSync } from 'node:fs';
import { defineAction, definePack, success } from ${JSON.stringify(pathToFileURL(resolve('plugins/sdk/dist/index.js')).href)};

const decide = (file) =>
  defineAction('killer.decide', {
    description: 'Kills.',
    input: {},
    runPure: () => {
      if (!existsSync(file)) return success('survived');
      const endMs = Date.now() + 1500;
      while (Date.now() < endMs);
      process.kill(process.pid, 'SIGKILL');
      for (;;);
    },
  });

export default definePack({
  name: 'killer',
  contract: 1,
  settings: { KILLER_FILE: 'Whether it kills.' },
  actions: ({ KILLER_FILE }) => [decide(KILLER_FILE)],
});
`;

const MANIFEST = {
  name: 'killer-pack',
  version: '1.0.0',
  type: 'module',
  keywords: ['tramontane-plugin'],
  tramontane: { contract: 1, actions: './index.js' },
};

/** Writes the pack into a folder of its own; it uses the built SDK. */
export async function killerPack(): Promise<Killer> {
  const folder = await mkdtemp(join(tmpdir(), 'tramontane-killer-'));
  const [pack, file] = [join(folder, 'packs/killer'), join(folder, 'armed')];
  await mkdir(pack, { recursive: true });
  await writeFile(join(pack, 'package.json'), JSON.stringify(MANIFEST));
  await writeFile(join(pack, 'index.js'), CODE);
  await writeFile(file, '');
  return {
    env: { PLUGINS_DIR: join(folder, 'packs'), KILLER_FILE: file },
    disarm: () => rm(file),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
