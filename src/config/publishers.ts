import { Expected, type Parser } from './parsers.js';

/** A publisher as `params.notify` of an execution lists them: `{ type: 'webhook', url: 'https://…', event_types: [] }`. */
export type PublisherEntry = Readonly<Record<string, unknown>> & { readonly type: 'webhook' | 'noop' };

const WHAT = 'a JSON list of publishers like [{"type": "webhook", "url": "https://hooks.example"}]';

/** Reads a JSON list of publishers; `none` is the empty one. */
export const publishers: Parser<readonly PublisherEntry[]> = (value) => {
  const list = value === 'none' ? [] : parsed(value);
  return Array.isArray(list) && list.every(isPublisher) ? list : new Expected(WHAT);
};

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function isPublisher(entry: unknown): entry is PublisherEntry {
  if (typeof entry !== 'object' || entry === null) return false;
  const { type, url, event_types: eventTypes, headers } = entry as Readonly<Record<string, unknown>>;
  const hasEvents = eventTypes === undefined || Array.isArray(eventTypes);
  const hasHeaders = headers === undefined || (typeof headers === 'object' && headers !== null);
  return hasEvents && hasHeaders && (type === 'noop' || (type === 'webhook' && isHttp(url)));
}

function isHttp(url: unknown): boolean {
  return typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
