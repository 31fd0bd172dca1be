import { expect } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.js';
import { loadConfig, silentLogger } from '../../src/config/index.js';
import { testDatabase } from '../support/postgres.js';

/** An answer of the service; `body` is parsed, or the text when it is no JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // Specs look at whatever comes back.
  readonly body: Body;
}

/** Parsed JSON, read without ceremony. */
export interface Body {
  readonly [key: string]: Body & string & number & readonly (Body & string)[];
}

export interface RequestOptions {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How specs address the service, and as whom. */
const ADDRESSED = { ALLOWED_HOSTS: 'flow.example', TRUST_X_ROLES: 'true' };

/** The whole service over a database of its own. */
export class ApiUnderTest {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly drop: () => Promise<void>,
  ) {}

  /** @param env  settings beside the database's, e.g. `{ MAX_LIMIT: '10' }` */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<ApiUnderTest> {
    const database = await testDatabase();
    const config = loadConfig({ DATABASE_URL: database.url, DB_POOL_SIZE: '4', ...ADDRESSED, ...env });
    const app = await createApp(config, silentLogger);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new ApiUnderTest(app, () => database.drop());
  }

  /** Whatever the specs have done, no row may lack a wake-up. */
  async stop(): Promise<void> {
    const stuck = await this.app.get(DataSource).query<readonly unknown[]>('SELECT * FROM rows_without_wakeup');
    await this.app.close();
    await this.drop();
    expect(stuck).toEqual([]);
  }

  /** @param path  with query string, e.g. `/v2/workflows?limit=1` */
  async call(method: string, path: string, { json, text, headers = {} }: RequestOptions = {}): Promise<Answer> {
    const type = json === undefined ? 'text/plain' : 'application/json';
    const payload = json === undefined ? text : JSON.stringify(json);
    const answer = await this.app.inject({
      method: method as 'GET',
      url: path,
      headers: { ...(payload !== undefined && { 'content-type': type }), ...headers },
      ...(payload !== undefined && { payload }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.payload, body: parsed(answer.payload) };
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.call('GET', path, { headers });
  }

  post(path: string, json: unknown): Promise<Answer> {
    return this.call('POST', path, { json });
  }

  put(path: string, json: unknown): Promise<Answer> {
    return this.call('PUT', path, { json });
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path);
  }

  /** Sends YAML. */
  upload(path: string, text: string, method: 'POST' | 'PUT' = 'POST'): Promise<Answer> {
    return this.call(method, path, { text });
  }
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return { text } as unknown as Body;
  }
}
