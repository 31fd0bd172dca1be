import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { createApp } from '../../../src/app.js';
import { type Config, loadConfig, silentLogger } from '../../../src/config/index.js';
import { testDatabase } from '../../support/postgres.js';

/** Who sends a request. */
export interface Sender {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

/** A request as a case describes it; `json` or `text` is its body. */
export interface Request {
  readonly path: string;
  readonly json?: unknown;
  readonly text?: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** `X-Total-Count`, if there is one. */
  readonly count: string | undefined;
}

/** The whole service over a database of its own, with callers of several projects. */
export class Projects {
  private constructor(
    private readonly app: NestFastifyApplication,
    readonly database: pg.Client,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(): Promise<Projects> {
    const testing = await testDatabase();
    const loaded = loadConfig({
      DATABASE_URL: testing.url,
      DB_POOL_SIZE: '4',
      ALLOW_ACTION_EXECUTION_DELETION: 'true',
    });
    // What counts is that it isn't none: callers are told apart below.
    const config = { ...loaded, auth: 'test' } as unknown as Config;
    const app = await createApp(config, silentLogger);
    const server = app.getHttpAdapter().getInstance();
    server.addHook('onRequest', (request, _reply, done) => {
      const { 'x-project-id': projectId, 'x-roles': roles } = request.headers;
      Object.assign(request, { caller: { projectId, isAdmin: roles === 'admin' } });
      done();
    });
    await app.init();
    await server.ready();
    const database = new pg.Client({ connectionString: testing.url });
    await database.connect();
    return new Projects(app, database, () => testing.drop());
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.end();
    await this.drop();
  }

  async send(sender: Sender, method: string, { path, json, text }: Request): Promise<Answer> {
    const payload = json === undefined ? text : JSON.stringify(json);
    const answer = await this.app.inject({
      method: method as 'GET',
      url: encodeURI(path),
      headers: {
        'x-project-id': sender.projectId,
        ...(sender.isAdmin && { 'x-roles': 'admin' }),
        ...(payload !== undefined && { 'content-type': json === undefined ? 'text/plain' : 'application/json' }),
      },
      ...(payload !== undefined && { payload }),
    });
    const count = answer.headers['x-total-count'];
    return { status: answer.statusCode, text: answer.payload, count: count === undefined ? undefined : String(count) };
  }

  /** The parsed answer. @throws {Error} unless the request succeeds */
  async make<T = { readonly id: string }>(sender: Sender, method: string, request: Request): Promise<T> {
    const { status, text } = await this.send(sender, method, request);
    if (status >= 300) throw new Error(`${method} ${request.path}: ${status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
