import { hostname } from 'node:os';
import { parseCrashpoint } from './crashpoint.js';
import {
  cidr,
  Expected,
  flag,
  hostPattern,
  listOf,
  oneOf,
  type Parser,
  path,
  redis,
  text,
  url,
  wholeNumber,
  word,
} from './parsers.js';
import { type PublisherEntry, publishers } from './publishers.js';

/** What one process may do. */
export const ROLES = ['api', 'engine', 'executor', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One variable of the environment: how it is read, and its value when absent or empty. */
export interface Setting<T> {
  readonly name: string;
  readonly parse: Parser<T>;
  readonly fallback: T;
}

/** Every setting there is; docs/settings.md says the same to the operator, and a test compares the two. */
export const SETTINGS = {
  host: setting('HOST', text, '127.0.0.1'),
  port: setting('PORT', wholeNumber(0, 65_535), 8989),
  publicUrl: optional('PUBLIC_URL', url(['https:', 'http:'])),
  allowedHosts: setting<readonly string[]>('ALLOWED_HOSTS', listOf(hostPattern), []),
  trustXRoles: setting('TRUST_X_ROLES', flag, false),
  databaseUrl: optional('DATABASE_URL', url(['postgres:', 'postgresql:'])),
  dbPoolSize: setting('DB_POOL_SIZE', wholeNumber(2, 1000), 10),
  dbReadPoolSize: setting('DB_READ_POOL_SIZE', wholeNumber(1, 1000), 5),
  dbReadTimeoutSeconds: setting('DB_READ_TIMEOUT_SECONDS', wholeNumber(0, 86_400), 30),
  dbIdleTransactionSeconds: setting('DB_IDLE_TRANSACTION_SECONDS', wholeNumber(1, 3600), 20),
  redisUrl: optional('REDIS_URL', redis),
  dataDir: setting('DATA_DIR', path, path('./data') as string),
  roles: setting<readonly Role[]>('ROLES', roles, ROLES),
  nodeName: setting('NODE_NAME', word, hostname()),
  auth: setting<'none'>('AUTH', auth, 'none'),
  infoFile: optional('INFO_FILE', path),
  logLevel: setting<LogLevel>('LOG_LEVEL', oneOf(LOG_LEVELS), 'info'),
  maxLimit: setting('MAX_LIMIT', wholeNumber(1, 1_000_000), 1000),
  maxPageKb: setting('MAX_PAGE_KB', wholeNumber(1, 1_048_576), 4096),
  maxEventStreams: setting('MAX_EVENT_STREAMS', wholeNumber(0, 100_000), 200),
  maxWaitingRequests: setting('MAX_WAITING_REQUESTS', wholeNumber(0, 100_000), 2000),
  allowActionExecutionDeletion: setting('ALLOW_ACTION_EXECUTION_DELETION', flag, false),
  executionFieldSizeLimitKb: setting('EXECUTION_FIELD_SIZE_LIMIT_KB', wholeNumber(-1, 1_048_576), 1024),
  maxExecutionDepth: setting('MAX_EXECUTION_DEPTH', wholeNumber(0, 100_000), 500),
  maxExecutionTreeSize: setting('MAX_EXECUTION_TREE_SIZE', wholeNumber(0, 100_000_000), 100_000),
  definitionSizeLimitKb: setting('DEFINITION_SIZE_LIMIT_KB', wholeNumber(1, 65_536), 5120),
  requestSizeLimitKb: setting('REQUEST_SIZE_LIMIT_KB', wholeNumber(1, 65_536), 1024),
  requestTimeoutSeconds: setting('REQUEST_TIMEOUT_SECONDS', wholeNumber(1, 3600), 30),
  maxConnections: setting('MAX_CONNECTIONS', wholeNumber(10, 100_000), 5000),
  flowCacheMb: setting('FLOW_CACHE_MB', wholeNumber(0, 1_048_576), 128),
  mergeStrategy: setting<'replace' | 'merge'>('MERGE_STRATEGY', oneOf(['replace', 'merge']), 'replace'),
  evaluationThreads: setting('EVALUATION_THREADS', wholeNumber(1, 64), 2),
  evaluationMemoryMb: setting('EVALUATION_MEMORY_MB', wholeNumber(16, 65_536), 192),
  evaluationTimeoutSeconds: setting('EVALUATION_TIMEOUT_SECONDS', wholeNumber(1, 3600), 10),
  executorConcurrency: setting('EXECUTOR_CONCURRENCY', wholeNumber(1, 10_000), 64),
  /** A lost node is noticed when its lease has ended, so take-over within 10 s needs less than that. */
  leaseSeconds: setting('LEASE_SECONDS', wholeNumber(1, 3600), 8),
  shutdownGraceSeconds: setting('SHUTDOWN_GRACE_SECONDS', wholeNumber(0, 3600), 30),
  pluginsDir: optional('PLUGINS_DIR', path),
  pluginsInclude: setting<readonly string[]>('PLUGINS_INCLUDE', listOf(word), []),
  pluginsExclude: setting<readonly string[]>('PLUGINS_EXCLUDE', listOf(word), []),
  httpAllowedHosts: setting<readonly string[]>('HTTP_ALLOWED_HOSTS', listOf(word), []),
  httpDeniedCidrs: setting<readonly string[]>('HTTP_DENIED_CIDRS', listOf(cidr), [
    '127.0.0.0/8',
    '::1/128',
    '169.254.0.0/16',
    'fe80::/10',
  ]),
  httpDefaultTimeoutSeconds: setting('HTTP_DEFAULT_TIMEOUT', wholeNumber(0, 86_400), 60),
  httpMaxResponseBytes: setting('HTTP_MAX_RESPONSE_BYTES', wholeNumber(0, 1_073_741_824), 5_242_880),
  notify: setting<readonly PublisherEntry[]>('NOTIFY', publishers, []),
  cronEnabled: setting('CRON_ENABLED', flag, true),
  expirationIntervalMinutes: optional('EXPIRATION_INTERVAL_MINUTES', wholeNumber(1, 525_600)),
  expirationOlderThanMinutes: optional('EXPIRATION_OLDER_THAN_MINUTES', wholeNumber(1, 52_560_000)),
  expirationMaxFinished: setting('EXPIRATION_MAX_FINISHED', wholeNumber(0, 1_000_000_000), 0),
  expirationBatchSize: setting('EXPIRATION_BATCH_SIZE', wholeNumber(0, 1_000_000), 0),
  expirationIgnoredStates: setting<readonly FinalState[]>(
    'EXPIRATION_IGNORED_STATES',
    listOf(oneOf<FinalState>(['SUCCESS', 'ERROR', 'CANCELLED'])),
    [],
  ),
  workflowVersionsKept: setting('WORKFLOW_VERSIONS_KEPT', wholeNumber(0, 1_000_000), 0),
  crashpoint: optional('CRASHPOINT', crashpointText),
} as const;

type FinalState = 'SUCCESS' | 'ERROR' | 'CANCELLED';

/** All settings of a process, read once and frozen, e.g. `{ host: '127.0.0.1', port: 8989, roles: ['api'], … }`. */
export type Config = {
  readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
} & {
  /** Text of any variable of the same environment, for settings that plugin packages declare; empty counts as absent. */
  readonly textOf: (name: string) => string | undefined;
};

function setting<T>(name: string, parse: Parser<T>, fallback: T): Setting<T> {
  return { name, parse, fallback };
}

function optional<T>(name: string, parse: Parser<T>): Setting<T | undefined> {
  return { name, parse, fallback: undefined };
}

function roles(value: string): readonly Role[] | Expected {
  return value === 'all' ? ROLES : distinct(listOf(oneOf(ROLES))(value));
}

function distinct(list: readonly Role[] | Expected): readonly Role[] | Expected {
  const wrong = list instanceof Expected || list.length === 0;
  return wrong
    ? new Expected('all, or a comma-separated list of api, engine, executor, scheduler')
    : [...new Set(list)];
}

function auth(value: string): 'none' | Expected {
  if (value === 'none') return value;
  const isPlanned = value === 'keystone' || value === 'keycloak';
  return new Expected(isPlanned ? `none (${value} is not supported yet)` : 'none');
}

function crashpointText(value: string): string | Expected {
  return parseCrashpoint(value) === undefined ? new Expected('a name and a count like commit.after:3') : value;
}
