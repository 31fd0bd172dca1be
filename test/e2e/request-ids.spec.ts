import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app.js';
import { createLogger, loadConfig } from '../../src/config/index.js';
import { Reads } from '../../src/store/queries/index.js';
import { testDatabase } from '../support/postgres.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const lines: string[] = [];
let app: NestFastifyApplication;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  drop = () => database.drop();
  const log = createLogger('debug', { write: (line) => lines.push(line) });
  app = await createApp(loadConfig({ DATABASE_URL: database.url, DB_POOL_SIZE: '4' }), log);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await app.close();
  await drop();
});

it('answers the id that a request brought, also with errors', async () => {
  const headers = { 'x-request-id': 'deploy-17/step.2' };

  for (const url of ['/v2/', '/v2/executions', '/v2/executions?nope=1', '/v2/unknown', '/v2/%zz']) {
    expect((await app.inject({ url, headers })).headers['x-request-id']).toBe('deploy-17/step.2');
  }
});

it('makes an id when there is none or none that fits', async () => {
  const made = await app.inject({ url: '/v2/' });
  const replaced = await app.inject({ url: '/v2/', headers: { 'x-request-id': 'a b' } });

  expect(made.headers['x-request-id']).toMatch(UUID);
  expect(replaced.headers['x-request-id']).toMatch(UUID);
});

it('has the id in the log lines of the request, and in no others', async () => {
  const ping = jest.spyOn(app.get(Reads, { strict: false }), 'ping').mockRejectedValue(new Error('gone'));
  await app.inject({ url: '/healthcheck', headers: { 'x-request-id': 'r-1' } });
  ping.mockRestore();
  const failed = lines.filter((line) => line.includes('request failed')).map((line) => JSON.parse(line) as object);

  expect(failed).toMatchObject([{ request_id: 'r-1', url: '/healthcheck' }]);
  expect(lines.filter((line) => line.includes('"request_id":"r-1"')).length).toBe(1);
});
