import { Agent, buildConnector, type Dispatcher, ProxyAgent, request as undiciRequest } from 'undici';
import { readBody, ResponseTooLargeError } from './body.js';
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

/** How one request is sent. */
export interface SendOptions extends Timeouts {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  readonly takesAnyCertificate: boolean;
  /** Address of a proxy, already allowed. */
  readonly proxy: URL | undefined;
}

const MAX_AGENTS = 16;
/** Longest delay that a timer of Node takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Sends requests over kept-alive connections that are opened only to addresses which the policy allows. */
export class Transport {
  /** By what distinguishes their connections. */
  readonly #agents = new Map<string, Agent>();

  constructor(private readonly policy: EgressPolicy) {}

  async send(request: HttpRequest, options: SendOptions): Promise<RawResponse> {
    const { proxy, takesAnyCertificate, connectSeconds } = options;
    if (proxy === undefined) return this.#exchange(request, options, this.#agent(!takesAnyCertificate, connectSeconds));
    const agent = this.#proxyAgent(proxy, request, !takesAnyCertificate);
    try {
      return await this.#exchange(request, options, agent);
    } finally {
      void agent.close();
    }
  }

  async #exchange(request: HttpRequest, options: SendOptions, dispatcher: Dispatcher): Promise<RawResponse> {
    const { signal, answerSeconds, maxBytes } = options;
    const startedAt = performance.now();
    const wait = limitWait(signal, answerSeconds);
    const response = await undiciRequest(request.url, {
      dispatcher,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: request.body,
      signal: wait.signal,
      responseHeaders: 'raw',
      headersTimeout: 0,
      bodyTimeout: answerSeconds * 1000,
    }).finally(wait.clear);
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

  #agent(rejectUnauthorized: boolean, connectSeconds: number): Agent {
    const key = `${rejectUnauthorized} ${connectSeconds}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const timeout = Math.min(connectSeconds * 1000, LONGEST_TIMER_MS);
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
  #proxyAgent(proxy: URL, request: HttpRequest, rejectUnauthorized: boolean): ProxyAgent {
    return new ProxyAgent({
      uri: proxy.href,
      proxyTunnel: request.url.startsWith('https:'),
      proxyTls: { lookup: this.policy.lookup, timeout: 0 },
      requestTls: { rejectUnauthorized },
    });
  }
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

/** A signal that is aborted after the timeout too, until it is cleared. */
function limitWait(signal: AbortSignal, seconds: number): { readonly signal: AbortSignal; readonly clear: () => void } {
  if (seconds === 0) return { signal, clear: () => undefined };
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new Error(`no answer within ${seconds} seconds`)),
    Math.min(seconds * 1000, LONGEST_TIMER_MS),
  );
  return { signal: AbortSignal.any([signal, timeout.signal]), clear: () => clearTimeout(timer) };
}

function pairsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}

/** Value of a header, `''` when absent. */
export function headerOf(headers: RawResponse['headers'], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}
