import { isDict, type Json, type JsonObject } from '../core/shared/index.js';
import type { ActionRunner } from '../engine/index.js';
import type { Notification } from '../store/index.js';

/** How the sending of a notification went; `hopeless` when no other attempt can go better. */
export type Delivery =
  { readonly kind: 'sent' } | { readonly kind: 'failed'; readonly reason: string; readonly isHopeless: boolean };

/** For the connection, and for the answer. */
const TIMEOUTS_SECONDS = [3, 10] as const;
/** For the whole exchange: the connection, the answer and its body. */
const WHOLE_SECONDS = 13;
const SUCCESS: readonly Json[] = [200, 201];

/** Posts a notification to its webhook, by way of `std.http`, so that the operator's rules for addresses hold. */
export async function sendWebhook(runner: ActionRunner, notification: Notification): Promise<Delivery> {
  const { type, url } = notification.publisher;
  if (type !== 'webhook')
    return hopeless(`there are no publishers of type ${JSON.stringify(type)}, only webhook and noop`);
  if (typeof url !== 'string') return hopeless('the publisher has no url');
  try {
    const { result } = await runner.run('std.http', requestOf(notification, url), WHOLE_SECONDS);
    return judged(result);
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error), isHopeless: false };
  }
}

function requestOf({ id, executionId, publisher, payload }: Notification, url: string): JsonObject {
  const own = publisher['headers'];
  const headers = { 'Idempotency-Key': `${executionId}/${id}`, ...(isDict(own ?? null) ? (own as JsonObject) : {}) };
  return { url, method: 'POST', json: payload, headers, timeout: TIMEOUTS_SECONDS, allow_redirects: false };
}

/** `std.http` takes more answers for a success than a webhook may give. */
function judged(result: Json): Delivery {
  const status = isDict(result) ? (result as JsonObject)['status'] : undefined;
  if (status !== undefined && SUCCESS.includes(status)) return { kind: 'sent' };
  const reason = typeof result === 'string' ? result : `answered with status ${JSON.stringify(status)}`;
  return { kind: 'failed', reason, isHopeless: false };
}

function hopeless(reason: string): Delivery {
  return { kind: 'failed', reason, isHopeless: true };
}
