import { Agent, buildConnector, type Dispatcher, ProxyAgent, request as undiciRequest } from 'undici';
import { readBody, ResponseTooLargeError } from './body.js';
import { LONGEST_TIMER_MS, orAborted } from './deadline.js';
import type { EgressPolicy } from './egress-policy.js';
import type { HttpRequest, Timeouts } from './request.js';

/** An answer as it came, the body unpacked. */
export interface RawResponse {
  readonly status: number;
  readonly reason: string;
  /** In order, names as the server wrote them; a name may occur more than once. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** Until the headers came. */
  readonly elapsedSeconds: number;
}

/** How long everything may take: the signal is aborted when the time is over. */
export interface Limits extends Timeouts {
  readonly signal: AbortSignal;
}

/** How one request is sent. */
export interface SendOptions extends Limits {
  readonly maxBytes: number;
  readonly takesAnyCertificate: boolean;
  /** Address of a proxy, already allowed. */
  readonly proxy: URL | undefined;
}

const MAX_AGENTS = 16;

/** Sends requests over kept-alive connections that are opened only to addresses which the policy allows. */
export class Transport {
  /** By what distinguishes their connections. */
  readonly #agents = new Map<string, Agent>();

  constructor(private readonly policy: EgressPolicy) {}

  async send(request: HttpRequest, options: SendOptions): Promise<RawResponse> {
    const { proxy, takesAnyCertificate } = options;
    if (proxy === undefined) return exchange(request, options, this.#agent(!takesAnyCertificate, connectMs(options)));
    const agent = this.#proxyAgent(proxy, request, options);
    try {
      return await exchange(request, options, agent);
    } finally {
      void agent.destroy();
    }
  }

  #agent(rejectUnauthorized: boolean, timeout: number): Agent {
    const key = `${rejectUnauthorized} ${timeout}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const made = new Agent({ connect: guardedConnector(this.policy, { rejectUnauthorized, timeout }) });
    this.#agents.set(key, made);
    this.#closeOldest();
    return made;
  }

  /** Workflows that compute their timeouts must not fill the process; what an agent still sends goes on. */
  #closeOldest(): void {
    const [oldest] = this.#agents;
    if (oldest === undefined || this.#agents.size <= MAX_AGENTS) return;
    this.#agents.delete(oldest[0]);
    void oldest[1].close();
  }

  /** As other clients do, http goes through the proxy as it is, https in a tunnel. */
  #proxyAgent(proxy: URL, request: HttpRequest, options: SendOptions): ProxyAgent {
    const timeout = connectMs(options);
    return new ProxyAgent({
      uri: proxy.href,
      proxyTunnel: request.url.startsWith('https:'),
      proxyTls: { lookup: this.policy.lookup, timeout },
      requestTls: { rejectUnauthorized: !options.takesAnyCertificate, timeout },
    });
  }
}

async function exchange(
  request: HttpRequest,
  { signal, maxBytes }: SendOptions,
  dispatcher: Dispatcher,
): Promise<RawResponse> {
  const startedAt = performance.now();
  const sending = undiciRequest(request.url, {
    dispatcher,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: request.body,
    signal,
    responseHeaders: 'raw',
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  // While it connects, undici takes notice of the signal only in so far as nothing is sent later.
  const response = await orAborted(signal, sending);
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  const headers = pairsOf(response.headers as unknown as readonly string[]);
  try {
    if (maxBytes > 0 && Number(headerOf(headers, 'content-length')) > maxBytes)
      throw new ResponseTooLargeError(maxBytes);
    const body = await readBody(response.body, headerOf(headers, 'content-encoding'), maxBytes);
    return { status: response.statusCode, reason: response.statusText, headers, body, elapsedSeconds };
  } catch (error) {
    response.body.on('error', () => undefined).destroy();
    throw error;
  }
}

/** A connection that nobody waits for any more must not stay half open; 0: for ever. */
function connectMs({ connectSeconds, wholeSeconds }: Timeouts): number {
  return Math.min((connectSeconds === 0 ? wholeSeconds : connectSeconds) * 1000, LONGEST_TIMER_MS);
}

/** Connects to what the policy has resolved, and asks it once more who is at the other end. */
function guardedConnector(policy: EgressPolicy, options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: policy.lookup });
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      try {
        policy.checkConnected(target.hostname, socket.remoteAddress);
      } catch (denied) {
        socket.destroy();
        return callback(denied as Error, null);
      }
      callback(null, socket);
    });
  };
}

function pairsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}

/** Value of a header, `''` when absent. */
export function headerOf(headers: RawResponse['headers'], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}
