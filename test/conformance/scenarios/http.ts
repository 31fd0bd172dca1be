import { Agent, request } from 'undici';
import type { Seen } from './compare.js';

export interface Reply {
  readonly status: number;
  readonly body: Seen;
}

/** Calls below `/v2` of a running service. */
export class Http {
  private readonly agent = new Agent({ connections: 32 });

  constructor(private readonly url: string) {}

  async call(method: string, path: string, body?: unknown, text?: string): Promise<Reply> {
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await request(`${this.url}/v2${path}`, {
      method: method as 'GET',
      dispatcher: this.agent,
      headers: { 'content-type': text === undefined ? 'application/json' : 'text/plain' },
      ...(payload === undefined ? {} : { body: payload }),
    });
    const raw = await answer.body.text();
    return { status: answer.statusCode, body: raw === '' ? null : parsed(raw) };
  }

  close(): Promise<void> {
    return this.agent.close();
  }
}

function parsed(raw: string): Seen {
  try {
    return JSON.parse(raw) as Seen;
  } catch {
    return { faultstring: raw };
  }
}
