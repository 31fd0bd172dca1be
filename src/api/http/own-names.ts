import { isIPv4 } from 'node:net';
import type { Config } from '../../config/index.js';

/** By which names clients address this service: those of loopback, `HOST`, `PUBLIC_URL`, `ALLOWED_HOSTS`. */
export class OwnNames {
  readonly #names: ReadonlySet<string>;
  readonly #patterns: readonly string[];
  readonly #publicOrigin: string | undefined;

  constructor({ host, publicUrl, allowedHosts }: Pick<Config, 'host' | 'publicUrl' | 'allowedHosts'>) {
    const publicName = publicUrl === undefined ? [] : [new URL(publicUrl).host];
    const given = [host.includes(':') ? `[${host}]` : host, ...publicName].map(hostNameOf);
    this.#names = new Set(
      given.filter((name) => name !== undefined && name !== '0.0.0.0' && name !== '::') as string[],
    );
    this.#patterns = allowedHosts;
    this.#publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  }

  /**
   * @param host  the header, e.g. `localhost:8989`
   * @param localAddress  where the connection arrived: who connects to an address names it
   */
  isHost(host: string, localAddress: string | undefined): boolean {
    const name = hostNameOf(host);
    if (name === undefined) return false;
    if (isLoopback(name) || this.#names.has(name) || this.#patterns.includes('*')) return true;
    return name === localAddress?.replace(/^::ffff:(?=\d+\.)|%.*$/g, '') || this.#isAllowed(name);
  }

  /** Whether a page of this service has sent the request. @param origin  the header, e.g. `https://flows.example` */
  isOrigin(origin: string, host: string | undefined): boolean {
    if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) return false;
    const page = new URL(origin);
    if (page.origin === this.#publicOrigin || this.#isAllowed(bare(page.hostname))) return true;
    const address = `${page.protocol}//${host ?? ''}`;
    return URL.canParse(address) && new URL(address).origin === page.origin;
  }

  #isAllowed(name: string): boolean {
    return this.#patterns.some((allowed) =>
      allowed.startsWith('*.') ? name.endsWith(allowed.slice(1)) : name === hostNameOf(allowed),
    );
  }
}

/** The name or address in `name:port`, in its usual form; undefined for anything else. */
function hostNameOf(host: string): string | undefined {
  const isHost = /^(?:\[[0-9a-f:.]+\]|[^\s/\\@?#:[\]]+)(?::\d{0,5})?$/i.test(host);
  return isHost && URL.canParse(`http://${host}`) ? bare(new URL(`http://${host}`).hostname) : undefined;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$|\.$/g, '');
}

function isLoopback(name: string): boolean {
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIPv4(name) && name.startsWith('127.'))
  );
}
