import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One start of an action of the probe pack. */
export interface ProbeStart {
  /** The action execution. */
  readonly id: string;
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Settings of a service that has the probe pack, and what its actions have noted. */
export interface Probe {
  readonly env: Readonly<Record<string, string>>;
  starts(): Promise<readonly ProbeStart[]>;
  remove(): Promise<void>;
}

/**
 * `probe.work` notes its start in a file before it does anything, waits `ms` milliseconds and returns `result`; with
 * `failures: n` its first n starts under that label fail, with `hangs: n` they don't end.
 */
const CODE = `
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { defineAction, definePack, failure, success } from ${JSON.stringify(pathToFileURL(resolve('plugins/sdk/dist/index.js')).href)};

const input = {
  label: { type: 'text', default: '' },
  ms: { type: 'number', default: 0 },
  result: { type: 'any', default: null },
  failures: { type: 'number', default: 0 },
  hangs: { type: 'number', default: 0 },
};

const work = (file) =>
  defineAction('probe.work', { description: 'Notes its start.', input }, async ({ input, idempotencyKey, signal }) => {
    const { label, ms, result, failures, hangs } = input;
    const before = readFileSync(file, 'utf8').split('\\n').filter((line) => line.includes(JSON.stringify(label)));
    appendFileSync(file, JSON.stringify({ id: idempotencyKey, label, at: Date.now() }) + '\\n');
    await delay(before.length < hangs ? 3_600_000 : ms, undefined, { signal });
    return before.length < failures ? failure('not yet') : success(result);
  });

export default definePack({
  name: 'probe',
  contract: 1,
  settings: { PROBE_FILE: 'Where starts are noted.' },
  actions: ({ PROBE_FILE }) => [work(PROBE_FILE)],
});
`;

const MANIFEST = {
  name: 'probe-pack',
  version: '1.0.0',
  type: 'module',
  keywords: ['tramontane-plugin'],
  tramontane: { contract: 1, actions: './index.js' },
};

/** Writes the probe pack into a folder of its own; it uses the built SDK. */
export async function probePack(): Promise<Probe> {
  const folder = await mkdtemp(join(tmpdir(), 'tramontane-probe-'));
  const [pack, file] = [join(folder, 'packs/probe'), join(folder, 'starts')];
  await mkdir(pack, { recursive: true });
  await writeFile(join(pack, 'package.json'), JSON.stringify(MANIFEST));
  await writeFile(join(pack, 'index.js'), CODE);
  await writeFile(file, '');
  return {
    env: { PLUGINS_DIR: join(folder, 'packs'), PROBE_FILE: file },
    starts: async () => {
      const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as ProbeStart);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
