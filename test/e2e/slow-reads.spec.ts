import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ApiUnderTest } from './api-under-test.js';

it('gives a read up that takes too long, and lets others have its connection', async () => {
  const api = await ApiUnderTest.start({ DB_READ_TIMEOUT_SECONDS: '1', DB_READ_POOL_SIZE: '1' });
  const runner = api.app.get(DataSource).createQueryRunner();
  await runner.startTransaction();
  await runner.query('LOCK TABLE workflow_definitions');

  const refused = await api.get('/v2/workflows');
  expect(refused.status).toBe(503);
  expect(refused.body['faultstring']).toMatch(/^Finding the answer took too long and was given up: ask for less/);
  expect((await api.get('/v2/environments')).status).toBe(200);

  await runner.rollbackTransaction();
  await runner.release();
  expect((await api.get('/v2/workflows')).status).toBe(200);
  await api.stop();
});
