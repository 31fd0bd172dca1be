import { Expected } from './parsers.js';
import { maskUrls } from './redact.js';
import { type Config, type Setting, SETTINGS } from './settings.js';

/** The environment holds values that can't be used; one line per setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** The embedded server allows 80 connections; some are for its own and the operator's use. */
const EMBEDDED_POOL_SIZE = 40;
const EMBEDDED_READ_POOL_SIZE = 20;

/**
 * Reads and checks every setting; an empty variable counts as absent.
 * @param env  e.g. `{ PORT: '8080', ROLES: 'api,engine' }`; the process's own by default
 * @throws {ConfigError} with a sentence like `PORT: got "abc", expected a whole number from 0 to 65535`
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const entries = Object.entries(SETTINGS).map(([key, setting]) => [key, read(setting, env, problems)] as const);
  const config = { ...Object.fromEntries(entries), textOf: (name: string) => textIn(env, name) } as Config;
  problems.push(...conflicts(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

function textIn(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const text = env[name]?.trim() ?? '';
  return text === '' ? undefined : text;
}

function read(
  setting: Setting<unknown>,
  env: Readonly<Record<string, string | undefined>>,
  problems: string[],
): unknown {
  const text = textIn(env, setting.name);
  if (text === undefined) return setting.fallback;
  const value = setting.parse(text);
  if (!(value instanceof Expected)) return Array.isArray(value) ? Object.freeze(value) : value;
  problems.push(`${setting.name}: got "${maskUrls(text)}", expected ${value.what}`);
  return setting.fallback;
}

/** What is wrong only together. */
function conflicts(config: Config): readonly string[] {
  const problems: string[] = [];
  const { databaseUrl, expirationIntervalMinutes, expirationOlderThanMinutes } = config;
  for (const [name, size, most] of [
    ['DB_POOL_SIZE', config.dbPoolSize, EMBEDDED_POOL_SIZE],
    ['DB_READ_POOL_SIZE', config.dbReadPoolSize, EMBEDDED_READ_POOL_SIZE],
  ] as const) {
    if (databaseUrl !== undefined || size <= most) continue;
    problems.push(`${name}: got "${String(size)}", expected at most ${String(most)} without DATABASE_URL`);
  }
  const hasRule = expirationOlderThanMinutes !== undefined || config.expirationMaxFinished > 0;
  if (expirationIntervalMinutes !== undefined && !hasRule) {
    problems.push(
      'EXPIRATION_INTERVAL_MINUTES: needs EXPIRATION_OLDER_THAN_MINUTES or EXPIRATION_MAX_FINISHED beside it',
    );
  }
  return problems;
}
