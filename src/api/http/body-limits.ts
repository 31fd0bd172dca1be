import type { Config } from '../../config/index.js';

/** How large the body of a request may be, and the setting that says so. */
export interface BodyLimit {
  /** What is limited, in the plural: `definitions`. */
  readonly of: string;
  readonly kb: number;
  readonly setting: string;
}

export type BodySettings = Pick<
  Config,
  'definitionSizeLimitKb' | 'executionFieldSizeLimitKb' | 'requestSizeLimitKb' | 'requestTimeoutSeconds'
>;

/** A body holds several fields, and JSON as text inside JSON is longer than what it stands for. */
const FIELDS_PER_BODY = 3;
/** Without a limit for fields; more could end a process with a heap of 512 MB. */
const LARGEST_BODY_KB = 16_384;

const DEFINITIONS = /^\/v2\/(?:workbooks|workflows|actions|code_sources)(?!\/[^/]+\/members)(?:\/|$)/;
const WITH_DATA =
  /^\/v2\/(?:executions(?!\/bulk)|tasks|action_executions|environments|cron_triggers|event_triggers)(?:\/|$)/;

/** The limit for a route, e.g. for `/v2/workflows/:identifier`. */
export function bodyLimitOf(route: string, settings: BodySettings): BodyLimit {
  if (DEFINITIONS.test(route))
    return { of: 'definitions', kb: settings.definitionSizeLimitKb, setting: 'DEFINITION_SIZE_LIMIT_KB' };
  if (!WITH_DATA.test(route))
    return { of: 'such requests', kb: settings.requestSizeLimitKb, setting: 'REQUEST_SIZE_LIMIT_KB' };
  const perField = settings.executionFieldSizeLimitKb;
  const kb = perField < 0 ? LARGEST_BODY_KB : Math.max(perField * FIELDS_PER_BODY, settings.requestSizeLimitKb);
  return { of: 'requests with data', kb, setting: 'EXECUTION_FIELD_SIZE_LIMIT_KB' };
}
