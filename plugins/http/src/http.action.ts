import { type ActionDefinition, defineAction } from '@tramontane/plugin-sdk';
import type { HttpClient } from './client.js';
import { HTTP_INPUT, type HttpInput } from './http-input.js';
import { isEmpty } from './request.js';

/** Sends an HTTP request; the answer is the result. */
export function httpAction(client: HttpClient): ActionDefinition {
  return defineAction(
    'std.http',
    {
      description:
        'Sends an HTTP request. The result has content (parsed JSON or text), status, headers, url, history, encoding, reason, ' +
        'cookies and elapsed (seconds); a status outside 200 to 306 is an error with the same data.',
      input: HTTP_INPUT,
      className: 'mistral.actions.std_actions.HTTPAction',
      keepsExactValues: true,
      validate: oneBodyOnly,
    },
    (call) => client.run(call),
  );
}

/** There is one body, so it can be given in one way only. */
export function oneBodyOnly({ input }: { readonly input: HttpInput }): string | undefined {
  return isEmpty(input.body) || isEmpty(input.json) ? undefined : 'give either body or json, not both';
}
