import { stringifyJson } from '../../core/shared/index.js';

const TIMEOUT_MS = 60_000;

/** What the service refused, in its own words, or that it can't be reached; `status` is 0 then. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    message: string,
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether the same request may succeed in a moment. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 503;
  }
}

export type Query = Readonly<Record<string, string | number | undefined>>;

/** The API of a service over HTTP, as any client would use it. */
export class ServiceClient {
  /** @param url  e.g. `http://127.0.0.1:8989` */
  constructor(readonly url: string) {}

  /** @param path  without the leading `/v2`, e.g. `workflows/resize` from {@link pathOf} */
  async get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    return JSON.parse(await this.call('GET', path, { query })) as Answer;
  }

  /** Sends JSON: members that are undefined are left out, and no number is changed. */
  async send<Answer>(method: 'POST' | 'PUT', path: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const options = { body: stringifyJson(given), type: 'application/json' };
    return JSON.parse(await this.call(method, path, options)) as Answer;
  }

  /** Sends the text of a definition. */
  async upload<Answer>(method: 'POST' | 'PUT', path: string, text: string, query: Query = {}): Promise<Answer> {
    return JSON.parse(await this.call(method, path, { body: text, type: 'text/plain', query })) as Answer;
  }

  private async call(method: string, path: string, { body, type, query = {} }: CallOptions): Promise<string> {
    const response = await this.reach(`${this.url}/v2/${path}${searchText(query)}`, {
      method,
      body,
      headers: type === undefined ? {} : { 'content-type': type },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok)
      throw new ServiceError(faultText(text) ?? `the service answered ${response.status}`, response.status);
    return text;
  }

  private async reach(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, init);
    } catch (error) {
      const message = `${this.url} can't be reached (${reasonOf(error)}); --url or TRAMONTANE_URL names another service`;
      throw new ServiceError(message, 0, { cause: error });
    }
  }
}

interface CallOptions {
  readonly body?: string;
  readonly type?: string;
  readonly query?: Query;
}

/** A path of names and ids, each escaped, e.g. `pathOf('executions', id, 'tasks')`. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

function searchText(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
}

function faultText(body: string): string | undefined {
  try {
    const fault = JSON.parse(body) as { readonly faultstring?: unknown };
    return typeof fault.faultstring === 'string' ? fault.faultstring.trim() : undefined;
  } catch {
    return body.trim() === '' ? undefined : body.trim();
  }
}

/** Fetch hides what went wrong in a chain of causes. */
function reasonOf(error: unknown): string {
  let reason = String(error);
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    reason = 'code' in cause && typeof cause.code === 'string' ? (REASONS[cause.code] ?? cause.code) : cause.message;
  return reason;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
};
