import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { silentLogger } from '../../config/index.js';
import { type Child, startChild } from '../../../test/support/child.js';
import { openTestDataSource } from '../../../test/support/data-source.js';
import { until } from '../../../test/support/until.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.js';

let dataDir: string;
let servers: EmbeddedPostgres[];
let children: Child[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tramontane embedded '));
  servers = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) await child.kill('SIGKILL');
  if (servers.length === 0 && children.length > 0) await start();
  for (const server of servers) await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger, settings });
  servers.push(server);
  return server;
}

async function startInChild(): Promise<{ readonly child: Child; readonly url: string }> {
  const child = startChild('test/support/hold-postgres.ts', [dataDir]);
  children.push(child);
  return { child, url: await child.line('url ') };
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

const KEEP_A_ROW = 'CREATE TABLE kept AS SELECT 7 AS number';
const READ_IT = 'SELECT number FROM kept';
const MY_RIGHTS = `
  SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS "isMighty", pg_get_userbyid(datdba) AS owner
  FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`;
const NOT_MINE = `
  SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> current_user::regrole
  UNION ALL
  SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner <> current_user::regrole`;

describe('startEmbeddedPostgres', () => {
  it('starts a server that keeps its rows when it is stopped', async () => {
    const first = await start();
    await query(first.url, KEEP_A_ROW);
    await first.stop();
    const second = await start();
    expect(await query(second.url, READ_IT)).toEqual([{ number: 7 }]);
  });

  it('starts a server that writes to disk before it says "committed"', async () => {
    const { url } = await start();
    const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
    const settings = await Promise.all(names.map((name) => query(url, `SHOW ${name}`)));
    expect(settings.flat().map((row) => Object.values(row)[0])).toEqual(['on', 'on', 'on']);
  });

  it('lets nobody in without the password', async () => {
    const { url } = await start();
    await expect(query(url.replace(/:[0-9a-f]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password');
  });

  it('connects the service with a role that owns its database and has no other rights', async () => {
    const { url } = await start();
    expect(await query(url, MY_RIGHTS)).toEqual([{ isMighty: false, owner: 'tramontane_service' }]);
    await expect(query(url, "COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toThrow('permission denied');
  });

  it('hands the database of a release that worked as superuser over to that role', async () => {
    const old = await start();
    await query(old.superuserUrl, 'ALTER DATABASE tramontane OWNER TO tramontane; DROP ROLE tramontane_service');
    await (await openTestDataSource(old.superuserUrl)).destroy();
    await query(old.superuserUrl, `${KEEP_A_ROW}; ALTER TABLE kept ADD id serial`);
    await old.stop();
    const { url } = await start();
    expect(await query(url, NOT_MINE)).toEqual([]);
    await query(url, `ALTER TABLE kept ADD more text; INSERT INTO kept VALUES (8)`);
    expect(await query(url, READ_IT)).toEqual([{ number: 7 }, { number: 8 }]);
    await (await openTestDataSource(url)).destroy();
  });

  it('adopts the server of a process that was killed', async () => {
    const { child, url } = await startInChild();
    await query(url, KEEP_A_ROW);
    const pid = await postmasterPid();
    await child.kill('SIGKILL');
    const server = await start();
    expect(server.url).toBe(url);
    expect(await postmasterPid()).toBe(pid);
    expect(await query(server.url, READ_IT)).toEqual([{ number: 7 }]);
  });

  it('does not adopt a server that has other settings', async () => {
    const { child } = await startInChild();
    const pid = await postmasterPid();
    await child.kill('SIGKILL');
    const server = await start({ work_mem: '5MB' });
    expect(await postmasterPid()).not.toBe(pid);
    expect(await query(server.url, 'SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
  });

  it('starts the server again at the same address when it is killed', async () => {
    const { url } = await start();
    await query(url, KEEP_A_ROW);
    process.kill(await postmasterPid(), 'SIGKILL');
    expect(await until(() => query(url, READ_IT))).toEqual([{ number: 7 }]);
  });

  it('starts after both the process and the server were killed', async () => {
    const { child, url } = await startInChild();
    await query(url, KEEP_A_ROW);
    const pid = await postmasterPid();
    await child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const server = await start();
    expect(await query(server.url, READ_IT)).toEqual([{ number: 7 }]);
  });

  it('starts when the number of the dead server belongs to another process now', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(dataDir, 'postgres/data/postmaster.pid'), `${String(process.pid)}\n/x\n1\n1\n\n\n1\nready\n`);
    const second = await start();
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses a second process, and names the one that holds the folder', async () => {
    const { child } = await startInChild();
    await expect(start()).rejects.toThrow(`is in use by process ${String(child.pid)}`);
  });

  it('refuses to start twice in one process', async () => {
    await start();
    await expect(start()).rejects.toThrow('is in use by this process itself');
  });

  it('stops the server on SIGTERM when its owner stops it', async () => {
    const { child, url } = await startInChild();
    expect(await child.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    await expect(query(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect(await readFile(join(dataDir, 'postgres/postgres.log'), 'utf8')).toMatch(/database system is shut down\n$/);
    expect(child.lines.at(-1)).toBe('stopped');
  });

  it('begins anew when it was killed while it made the database', async () => {
    await mkdir(join(dataDir, 'postgres/data.new'), { recursive: true });
    await cp('package.json', join(dataDir, 'postgres/data.new/leftover'));
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses the database of another major version', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'postgres/data/PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/was written by PostgreSQL 17 and this service brings 18/);
  });

  it('says what PostgreSQL said when it does not start', async () => {
    await expect(start({ no_such_setting: '1' })).rejects.toThrow(/PostgreSQL did not start: .*no_such_setting/s);
    await rm(join(dataDir, 'postgres/data'), { recursive: true });
  });
});
