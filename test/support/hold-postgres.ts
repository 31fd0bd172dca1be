/** A program for specs: keeps an embedded PostgreSQL in the folder it is given, until SIGTERM. */
import { createLogger } from '../../src/config/index.js';
import { startEmbeddedPostgres } from '../../src/store/embedded/index.js';

const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', logger: createLogger('info') });
const keepAlive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  clearInterval(keepAlive);
  void server.stop().then(() => console.log('stopped'));
});
console.log(`url ${server.url}`);
