import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../src/store/migrations/index.js';
import { until } from './until.js';

/** A database that no other spec knows. */
export interface TestDatabase {
  readonly url: string;
  /** To the same database, for what only a superuser may do to it. */
  readonly superuserUrl: string;
  /** Removes it, and ends connections that are still open. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** True for a database without our tables. */
  readonly isEmpty?: boolean;
}

const MIGRATIONS_FOLDER = 'src/store/migrations';
const TEMPLATE_LOCK = 4_281_977;

/** Where databases are made, and how specs use them: as the service does, by a role without special rights. */
interface Server {
  readonly url: string;
  readonly superuserUrl: string;
}

let serverOfRun: Promise<Server> | undefined;
let template: Promise<string> | undefined;

/**
 * Makes a database, with our tables unless told otherwise, on the server of `TEST_DATABASE_URL` or on one that the
 * specs of a run share. Takes some 50 ms after the first.
 */
export async function testDatabase({ isEmpty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  serverOfRun ??= findServer();
  const server = await serverOfRun;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const from = isEmpty ? 'template0' : await (template ??= ensureTemplate(server));
  await asAdmin(server, (client) => createDatabase(client, server, name, from));
  return {
    url: urlOf(server.url, name),
    superuserUrl: urlOf(server.superuserUrl, name),
    drop: () => asAdmin(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function findServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') return { url: given, superuserUrl: given };
  const socket = process.env.TEST_POSTGRES_SOCKET;
  if (socket === undefined) throw new Error('testDatabase works below jest, or with TEST_DATABASE_URL');
  const answer = JSON.parse(await text(createConnection(socket))) as Partial<Server> & { problem?: string };
  const { url, superuserUrl, problem = '' } = answer;
  if (url === undefined || superuserUrl === undefined) throw new Error(`no PostgreSQL for the specs: ${problem}`);
  return { url, superuserUrl };
}

/** The migrated database that the others are copied from; its name tells whether it fits the migrations of today. */
async function ensureTemplate(server: Server): Promise<string> {
  const name = `tramontane_template_${migrationsHash()}`;
  await asAdmin(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await makeTemplate(client, server, name);
  });
  return name;
}

async function makeTemplate(client: pg.Client, server: Server, name: string): Promise<void> {
  const draft = `${name}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await createDatabase(client, server, draft, 'template0');
  const source = new DataSource({
    type: 'postgres',
    url: urlOf(server.url, draft),
    migrations: [...MIGRATIONS],
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  await source.runMigrations().finally(() => source.destroy());
  // The connections of the data source take a moment to end, and a database that is in use can't be renamed.
  await until(() => client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`));
}

function migrationsHash(): string {
  const files = readdirSync(MIGRATIONS_FOLDER).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(`${MIGRATIONS_FOLDER}/${file}`));
  return hash.digest('hex').slice(0, 16);
}

async function asAdmin({ superuserUrl }: Server, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  await work(client).finally(() => client.end());
}

async function createDatabase(client: pg.Client, server: Server, name: string, template: string): Promise<void> {
  const isOwn = server.url === server.superuserUrl;
  const owner = isOwn ? 'DEFAULT' : pg.escapeIdentifier(new URL(server.url).username);
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${owner}`);
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
