import { isNativeError } from 'node:util/types';
import {
  type ActionCall,
  type ActionOutcome,
  failure,
  type PackSettings,
  success,
  typeName,
} from '@tramontane/plugin-sdk';
import { orAborted, within } from './deadline.js';
import { createEgressPolicy, type EgressPolicy, UrlNotAllowedError } from './egress-policy.js';
import type { HttpInput } from './http-input.js';
import { entriesOf } from './input-values.js';
import { redirectOf } from './redirects.js';
import { type HttpRequest, isEmpty, requestOf, timeoutsOf } from './request.js';
import { type Hop, responseData } from './response-data.js';
import { type HttpSettings, readSettings } from './settings.js';
import { type Limits, type SendOptions, Transport } from './transport.js';

const MAX_REDIRECTS = 30;

/** Sends what the actions of this pack are asked to send. */
export class HttpClient {
  readonly #settings: HttpSettings;
  readonly #policy: EgressPolicy;
  readonly #transport: Transport;

  /** @throws {TypeError} with the name of the setting that can't be read */
  constructor(settings: PackSettings) {
    this.#settings = readSettings(settings);
    this.#policy = createEgressPolicy(this.#settings);
    this.#transport = new Transport(this.#policy);
  }

  /**
   * Sends one request and, if asked to, follows redirects; each address is checked on its own.
   * @param own  headers of the service, which the input can't change
   * @returns success for a status from 200 to 306, else an error with the same data
   * @throws {UrlNotAllowedError} for an address that the operator doesn't allow
   * @throws {Error} `Failed to send HTTP request: …` when no answer came
   */
  async run(call: ActionCall<HttpInput>, own: Readonly<Record<string, string>> = {}): Promise<ActionOutcome> {
    try {
      const request = requestOf(call.input, call.json, { defaults: idempotencyHeader(call), own });
      const timeouts = timeoutsOf(call.input.timeout, this.#settings.defaultTimeoutSeconds);
      return await within(timeouts.wholeSeconds, call.signal, (signal) =>
        this.#follow(request, call, { ...timeouts, signal }),
      );
    } catch (error) {
      call.signal.throwIfAborted();
      if (error instanceof UrlNotAllowedError) throw error;
      throw new Error(`Failed to send HTTP request: ${reasonOf(error)}`, { cause: error });
    }
  }

  async #follow(first: HttpRequest, call: ActionCall<HttpInput>, limits: Limits): Promise<ActionOutcome> {
    const history: Hop[] = [];
    for (let request = first; ;) {
      const url = this.#policy.checkUrl(request.url);
      const options = this.#optionsFor(url, call.input, limits);
      if (options.proxy !== undefined) await orAborted(limits.signal, this.#policy.checkHost(url));
      const response = await this.#transport.send(request, options);
      const next = isEmpty(call.input.allow_redirects) ? undefined : redirectOf(request, response);
      if (next === undefined) {
        const data = responseData(url.href, response, history, call.json);
        return response.status >= 200 && response.status <= 306 ? success(data) : failure(data);
      }
      history.push({ url: url.href, status: response.status });
      if (history.length > MAX_REDIRECTS) throw new Error(`more than ${MAX_REDIRECTS} redirects`);
      request = next;
    }
  }

  #optionsFor(url: URL, input: HttpInput, limits: Limits): SendOptions {
    return {
      ...limits,
      maxBytes: this.#settings.maxResponseBytes,
      takesAnyCertificate: takesAnyCertificate(input.verify),
      proxy: this.#proxyFor(url, input.proxies),
    };
  }

  #proxyFor(url: URL, proxies: unknown): URL | undefined {
    const byKey = new Map(entriesOf(proxies));
    const scheme = url.protocol.slice(0, -1);
    const keys = [`${scheme}://${url.hostname}`, scheme, `all://${url.hostname}`, 'all'];
    const proxy = keys.map((key) => byKey.get(key)).find((value) => typeof value === 'string' && value !== '');
    if (typeof proxy !== 'string') return undefined;
    return this.#policy.checkUrl(proxy.includes('://') ? proxy : `http://${proxy}`);
  }
}

/** Where a request may change something twice, a key lets the server see that it is the same one. */
function idempotencyHeader({ input, idempotencyKey }: ActionCall<HttpInput>): Readonly<Record<string, string>> {
  const method = typeof input.method === 'string' ? input.method.toUpperCase() : '';
  return method === 'POST' || method === 'PATCH' ? { 'Idempotency-Key': idempotencyKey } : {};
}

function takesAnyCertificate(verify: unknown): boolean {
  if (verify === null || verify === undefined || typeof verify === 'boolean') return verify === false;
  throw new TypeError(`verify must be true or false, got ${typeName(verify)}`);
}

/** The message of an error or, when that is empty as for a refused connection to several addresses, of what it holds. */
function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return error.message === '' && inner.length > 0 ? inner.map(reasonOf).join('; ') : error.message;
}
