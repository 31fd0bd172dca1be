import { ConfigError, createLogger, loadConfig } from './config/index.js';
import { createApp } from './app.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const INTERRUPTED = 130;
/** npm passes on a Ctrl-C that the terminal has sent to the whole group already: within this time it is the same one. */
const SAME_SIGNAL_MS = 1_000;

/**
 * Runs the service until it is told to stop. Running actions then end or are handed back, and the process exits with 0;
 * a signal a second later ends it at once. What hinders the start is one sentence on stderr and exit code 1.
 */
export async function serve(): Promise<void> {
  try {
    await start();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(error instanceof ConfigError ? `${text}\n` : `Tramontane could not start: ${text}\n`);
    process.exit(1);
  }
}

async function start(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const app = await createApp(config, logger);
  let stoppingSince: number | undefined;
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (stoppingSince !== undefined) {
        if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
        return;
      }
      stoppingSince = performance.now();
      logger.info(`stopping: ${signal}`);
      void app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'the stop failed');
          process.exit(1);
        },
      );
    });
  await app.listen(config.port, config.host);
  const url = (await app.getUrl()).replace('[::1]', 'localhost');
  logger.info({ url, docs: `${url}/docs`, roles: config.roles }, `Tramontane listens on ${url} (docs: ${url}/docs)`);
}
