import type { ServerResponse } from 'node:http';
import type { Viewer } from '../../store/queries/index.js';

/** What the API uses of Fastify's request. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly protocol: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The text of the body; absent without one. */
  readonly body: unknown;
  /** Who has sent it, once that is certain; absent for a plain member of the one project. */
  readonly caller?: Caller;
}

/** What the API uses of Fastify's reply. */
export interface HttpReply {
  code(status: number): HttpReply;
  header(name: string, value: string): HttpReply;
  send(payload: string): unknown;
  readonly sent: boolean;
  /** From here on the handler writes the answer itself, to `raw`. */
  hijack(): unknown;
  getHeaders(): Readonly<Record<string, number | string | string[] | undefined>>;
  readonly raw: ServerResponse;
}

/** Whoever sent the request. */
export type Caller = Viewer;
