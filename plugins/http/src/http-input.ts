import type { InputOf } from '@tramontane/plugin-sdk';

/** Parameters of std.http and std.mistral_http, in the original's order. */
export const HTTP_INPUT = {
  url: { type: 'any', description: 'Address to send to, http or https.' },
  method: { type: 'any', default: 'GET', description: 'GET, POST, PUT, …' },
  params: { type: 'any', default: null, description: 'Dict for the query; a list as value repeats the name.' },
  body: {
    type: 'any',
    default: null,
    description: 'Text to send; a dict or list is sent as JSON. Not together with json.',
  },
  json: { type: 'any', default: null, description: 'Value to send as JSON with the content type application/json.' },
  headers: { type: 'any', default: null, description: 'Dict of headers.' },
  cookies: { type: 'any', default: null, description: 'Dict of cookies.' },
  auth: { type: 'any', default: null, description: 'user:password for basic authentication.' },
  timeout: {
    type: 'any',
    default: null,
    description:
      'Seconds for everything, from the connection to the end of the body, redirects included; or [seconds for a connection, for everything].',
  },
  allow_redirects: { type: 'any', default: null, description: 'Whether to follow redirects; off unless true.' },
  proxies: { type: 'any', default: null, description: 'Dict of scheme to proxy: {https: "http://proxy:3128"}.' },
  verify: { type: 'any', default: null, description: 'false takes any certificate of an https server.' },
} as const;

export type HttpInput = InputOf<typeof HTTP_INPUT>;
