import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ApiUnderTest } from './api-under-test.js';

const WORKFLOWS = `version: '2.0'
one:
  tasks: {t: {action: std.noop}}
ask:
  input: [id, state: null]
  output: {count: <% $.count %>}
  tasks:
    t:
      action: std.noop
      publish: {count: '<% tasks($.id, false, $.state).len() %>'}
ask_all:
  output: {count: <% $.count %>}
  tasks:
    t: {action: std.noop, publish: {count: <% executions().len() %>}}
`;

let api: ApiUnderTest;
let id: string;

/** A task and an execution that are there so many times. */
async function multiply(table: string, times: number): Promise<void> {
  const [{ columns }] = await api.app.get(DataSource).query<[{ columns: string }]>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns
      WHERE table_name = $1 AND column_name <> 'id'`,
    [table],
  );
  await api.app.get(DataSource).query(
    `INSERT INTO ${table} (id, ${columns}) SELECT 'copy' || n, ${columns} FROM ${table}, generate_series(1, ${times}) n
        WHERE workflow_name = 'one'`,
  );
}

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.upload('/v2/workflows', WORKFLOWS);
  id = (await api.post('/v2/executions?wait=30', { workflow_name: 'one' })).body['id'] ?? '';
});
afterAll(() => api.stop());

async function ask(workflow: string, input: object): Promise<unknown> {
  const { body } = await api.post('/v2/executions?wait=60', { workflow_name: workflow, input });
  return body['state'] === 'SUCCESS'
    ? (JSON.parse(body['output'] ?? '') as { count: number }).count
    : body['state_info'];
}

it('counts tasks and executions as long as they are not too many', async () => {
  expect(await ask('ask', { id })).toBe(1);
  expect(await ask('ask_all', {})).toBe(3);
});

it('says that they are too many, and finds the few of a state among them', async () => {
  await multiply('task_executions', 10_000);
  await multiply('workflow_executions', 10_000);

  expect(await ask('ask', { id })).toMatch(/tasks\(\) would give more than 10000 rows or 16 MiB: ask for an execution/);
  expect(await ask('ask', { id, state: 'ERROR' })).toBe(0);
  expect(await ask('ask_all', {})).toMatch(/executions\(\) would give more than 10000 rows/);
}, 60_000);
