import './memory.js';
import { ConfigError, createLogger, loadConfig } from './config/index.js';
import { createApp } from './app.js';

/** Starts the roles asked for; what hinders the start is one sentence, not a stack. */
async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const app = await createApp(config, logger);
  app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
  process.once('SIGINT', () => logger.info('stopping: SIGINT'));
  process.once('SIGTERM', () => logger.info('stopping: SIGTERM'));
  await app.listen(config.port, config.host);
  const url = (await app.getUrl()).replace('[::1]', 'localhost');
  logger.info({ url, docs: `${url}/docs`, roles: config.roles }, `Tramontane listens on ${url} (docs: ${url}/docs)`);
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof ConfigError ? `${text}\n` : `Tramontane could not start: ${text}\n`);
  process.exit(1);
});
