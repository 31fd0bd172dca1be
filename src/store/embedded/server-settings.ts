import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Settings of the server: safe against power cuts, small enough for a laptop, quiet. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '80',
  shared_buffers: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_buffers: '4MB',
  min_wal_size: '48MB',
  max_wal_size: '512MB',
  checkpoint_completion_target: '0.8',
  jit: 'off',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_naptime: '15s',
  // Ends the work of a killed process at once instead of when it next speaks to that process, so its locks go away.
  client_connection_check_interval: '1s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
} as const;

/** The arguments of the program `postgres`, e.g. `['-D', '/data', '-c', 'fsync=on', …]`. */
export function commandLine(
  cluster: string,
  overrides: Readonly<Record<string, string>>,
  port: number,
): readonly string[] {
  const settings = { ...SETTINGS, ...overrides, port: String(port) };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Whether the server that works in the folder was started with exactly these arguments. */
export async function runsWith(
  cluster: string,
  overrides: Readonly<Record<string, string>>,
  port: number,
): Promise<boolean> {
  const recorded = await readFile(join(cluster, 'postmaster.opts'), 'utf8').catch(() => '');
  const wanted = commandLine(cluster, overrides, port).map((argument) => ` "${argument}"`);
  return recorded.trimEnd().endsWith(wanted.join(''));
}
