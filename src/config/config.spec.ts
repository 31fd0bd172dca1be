import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, loadConfig } from './config.js';
import { SETTINGS } from './settings.js';

describe('loadConfig', () => {
  it('needs no variable at all', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8989, auth: 'none', dataDir: resolve('data') });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.roles).toEqual(['api', 'engine', 'executor', 'scheduler']);
  });

  it('gives an object that nobody can change', () => {
    const config = loadConfig({ PLUGINS_EXCLUDE: 'a,b' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.pluginsExclude)).toBe(true);
  });

  it.each([
    ['an empty variable as absent', { PORT: ' ' }, { port: 8989 }],
    ['port 0', { PORT: '0' }, { port: 0 }],
    ['a list of roles once each', { ROLES: 'api, engine,api' }, { roles: ['api', 'engine'] }],
    ['no size limit', { EXECUTION_FIELD_SIZE_LIMIT_KB: '-1' }, { executionFieldSizeLimitKb: -1 }],
    ['"none" as the empty list', { HTTP_DENIED_CIDRS: 'none' }, { httpDeniedCidrs: [] }],
    ['address ranges', { HTTP_DENIED_CIDRS: '10.0.0.0/8,::1/128' }, { httpDeniedCidrs: ['10.0.0.0/8', '::1/128'] }],
    ['several spellings of yes', { ALLOW_ACTION_EXECUTION_DELETION: 'On' }, { allowActionExecutionDeletion: true }],
    [
      'publishers',
      { NOTIFY: '[{"type": "webhook", "url": "http://h/x"}]' },
      { notify: [{ type: 'webhook', url: 'http://h/x' }] },
    ],
    ['a Redis', { REDIS_URL: 'redis://h:6379/2' }, { redisUrl: 'redis://h:6379/2' }],
    ['a database', { DATABASE_URL: 'postgres://u:p@h/d' }, { databaseUrl: 'postgres://u:p@h/d' }],
  ])('reads %s', (_, env, expected) => {
    expect(loadConfig(env)).toMatchObject(expected);
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT: got "abc", expected a whole number from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT: got "65536", expected a whole number from 0 to 65535'],
    [{ AUTH: 'keystone' }, 'AUTH: got "keystone", expected none (keystone is not supported yet)'],
    [{ AUTH: 'keycloak' }, 'AUTH: got "keycloak", expected none (keycloak is not supported yet)'],
    [{ MERGE_STRATEGY: 'mix' }, 'MERGE_STRATEGY: got "mix", expected replace or merge'],
    [
      { ROLES: 'api,db' },
      'ROLES: got "api,db", expected all, or a comma-separated list of api, engine, executor, scheduler',
    ],
    [
      { DATABASE_URL: 'mysql://u:secret@h/d' },
      'DATABASE_URL: got "mysql://u:***@h/d", expected a URL like postgres://user:password@host/name',
    ],
    [
      { REDIS_URL: 'redis://h/cache' },
      'REDIS_URL: got "redis://h/cache", expected a URL like redis://user:password@host:6379/0',
    ],
    [
      { HTTP_DENIED_CIDRS: '10.0.0.0/40' },
      'HTTP_DENIED_CIDRS: got "10.0.0.0/40", expected a comma-separated list, each an address range like 10.0.0.0/8',
    ],
    [
      { CRASHPOINT: 'commit.after:0' },
      'CRASHPOINT: got "commit.after:0", expected a name and a count like commit.after:3',
    ],
    [
      { NOTIFY: '[{"type": "webhook"}]' },
      'NOTIFY: got "[{"type": "webhook"}]", expected a JSON list of publishers like [{"type": "webhook", "url": "https://hooks.example"}]',
    ],
    [{ CRON_ENABLED: 'maybe' }, 'CRON_ENABLED: got "maybe", expected true or false'],
  ])('refuses %j in one sentence', (env, sentence) => {
    expect(() => loadConfig(env)).toThrow(new ConfigError([sentence]));
  });

  it('tells all problems at once', () => {
    expect(() => loadConfig({ PORT: 'x', MAX_LIMIT: '0' })).toThrow(/^PORT: .*\nMAX_LIMIT: .*$/);
  });

  it('refuses more connections than the embedded server has', () => {
    expect(() => loadConfig({ DB_POOL_SIZE: '41' })).toThrow('DB_POOL_SIZE: got "41", expected at most 40');
    expect(loadConfig({ DB_POOL_SIZE: '41', DATABASE_URL: 'postgres://h/d' }).dbPoolSize).toBe(41);
  });

  it('refuses a clean-up that has nothing to go by', () => {
    expect(() => loadConfig({ EXPIRATION_INTERVAL_MINUTES: '5' })).toThrow('needs EXPIRATION_OLDER_THAN_MINUTES');
  });
});

describe('docs/settings.md', () => {
  const rows = readFileSync('docs/settings.md', 'utf8').matchAll(/^\| `([A-Z_]+)` +\| (.+?) +\|/gm);
  const documented = new Map([...rows].map(([, name, fallback]) => [name, fallback?.replaceAll('`', '')]));
  const inWords: Record<string, string> = { DATA_DIR: './data', NODE_NAME: 'host name', ROLES: 'all' };

  it.each(Object.values(SETTINGS).map(({ name, fallback }) => [name, fallback] as const))(
    'documents %s and its default',
    (name, fallback) => {
      expect(documented.get(name)).toBe(inWords[name] ?? asText(fallback));
    },
  );

  it('documents nothing else', () => {
    const known: readonly string[] = Object.values(SETTINGS).map(({ name }) => name);
    expect([...documented.keys()].filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  function asText(fallback: unknown): string {
    if (fallback === undefined) return 'absent';
    if (Array.isArray(fallback)) return fallback.length === 0 ? 'none' : fallback.join(',');
    return typeof fallback === 'string' ? fallback : JSON.stringify(fallback);
  }
});
