import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Config } from '../../config/index.js';
import { isAuthenticating } from '../authentication.js';
import { ADMIN } from './caller.js';
import { HttpProblem } from './http-problem.js';
import type { HttpRequest } from './http-types.js';
import { OwnNames } from './own-names.js';
import { headersFor } from './page-headers.js';

const READS = ['GET', 'HEAD', 'OPTIONS'];

type Incoming = Pick<HttpRequest, 'method' | 'headers'> & {
  readonly socket: { readonly localAddress?: string | undefined };
};

/**
 * What is asked of a request before anything else, so that no page which a browser of this machine shows can use the
 * service: is it addressed to us, and does it come from one of our own pages where it changes something? Says, too, who
 * its caller is as long as nobody has to log in.
 */
export function guardRequests(adapter: FastifyAdapter, config: Config): void {
  const names = new OwnNames(config);
  const isOpen = !isAuthenticating(config);
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    for (const [name, value] of headersFor(request.url)) void reply.header(name, value);
    if (isOpen && config.trustXRoles && hasAdminRole(request.headers['x-roles']))
      Object.assign(request, { caller: ADMIN });
    done((isOpen ? strangeHost(request, names) : undefined) ?? foreignOrigin(request, names));
  });
}

function hasAdminRole(roles: string | readonly string[] | undefined): boolean {
  return typeof roles === 'string' && roles.split(',').some((role) => role.trim() === 'admin');
}

/** A name that leads here from outside may be an attacker's own, to make a browser take his page for ours (DNS rebinding). */
function strangeHost({ headers, socket }: Incoming, names: OwnNames): HttpProblem | undefined {
  const { host } = headers;
  if (typeof host !== 'string' || names.isHost(host, socket.localAddress)) return undefined;
  return new HttpProblem(
    421,
    `Host: got ${JSON.stringify(host)}, expected a name of this service; others are named in the setting ALLOWED_HOSTS.`,
  );
}

function foreignOrigin({ method, headers }: Incoming, names: OwnNames): HttpProblem | undefined {
  if (READS.includes(method)) return undefined;
  const { origin, host, 'sec-fetch-site': site } = headers;
  const isForeign = typeof origin === 'string' && !names.isOrigin(origin, typeof host === 'string' ? host : undefined);
  if (!isForeign && site !== 'cross-site') return undefined;
  const found =
    typeof origin === 'string' ? `Origin: got ${JSON.stringify(origin)}` : 'Sec-Fetch-Site: got "cross-site"';
  return new HttpProblem(
    403,
    `${found}, expected a page of this service; other names of it are in the settings PUBLIC_URL and ALLOWED_HOSTS.`,
  );
}
