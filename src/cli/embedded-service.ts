import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../app.js';
import { createLogger, loadConfig } from '../config/index.js';

/** The service inside this process, listening on a port of its own. */
export interface EmbeddedService {
  readonly url: string;
  /** Ends it, and removes its data unless a folder for it was given. */
  stop(): Promise<void>;
}

/**
 * Starts the whole service; its log goes to standard error.
 * @param settings  as in the environment; without `DATA_DIR` a temporary folder is used, and `PORT` is any free one
 */
export async function startEmbeddedService(
  settings: Readonly<Record<string, string | undefined>>,
): Promise<EmbeddedService> {
  const temporary = settings['DATA_DIR'] === undefined ? await mkdtemp(join(tmpdir(), 'tramontane-')) : undefined;
  const clean = async (): Promise<void> => {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  };
  try {
    const config = loadConfig({ ...settings, PORT: '0', HOST: '127.0.0.1', ...(temporary && { DATA_DIR: temporary }) });
    const app = await createApp(config, createLogger(config.logLevel, process.stderr));
    const stop = (): Promise<void> => app.close().finally(clean);
    try {
      await app.listen(config.port, config.host);
      return { url: await app.getUrl(), stop };
    } catch (error) {
      await app.close();
      throw error;
    }
  } catch (error) {
    await clean();
    throw error;
  }
}
