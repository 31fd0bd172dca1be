import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Service } from '../support/service.js';
import { until } from '../support/until.js';
import { type Shape, SHAPES } from './crash-shapes.js';
import { CrashTrial } from './crash-trial.js';

/** Settings as they are by default. */
const DEFAULT_LEASE = { LEASE_SECONDS: '' };

let trial: CrashTrial;
let other: Service;

beforeAll(async () => {
  trial = await CrashTrial.begin({ ...DEFAULT_LEASE, ROLES: 'api,engine,executor', NODE_NAME: 'first' });
  other = await trial.anotherNode({ ...DEFAULT_LEASE, ROLES: 'engine,executor,scheduler', NODE_NAME: 'second' });
  await other.start();
});

afterAll(() => trial.end());

function shape(name: string): Shape {
  const found = SHAPES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no shape ${name}`);
  return found;
}

it('fires timers that another node has set less than a second late', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => trial.startExecution(shape('waits'), n, randomUUID())));
  await trial.settled();

  const rows = await trial.rows<{ late_ms: number }>(`
    SELECT extract(epoch FROM j.at - lag(j.at) OVER (PARTITION BY execution_id ORDER BY version))::float8 * 1000 - 1000
      AS late_ms FROM journal j ORDER BY late_ms DESC NULLS LAST`);
  const lateMs = rows.flatMap(({ late_ms: ms }) => ms ?? []);
  process.stdout.write(`take-over.spec: ${lateMs.length} timers, at most ${Math.round(lateMs[0] ?? 0)} ms late\n`);

  expect(lateMs).toHaveLength(40);
  expect(Math.min(...lateMs)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...lateMs)).toBeLessThan(1_000);
});

it('starts an action again within 10 seconds after the death of its node', async () => {
  const id = randomUUID();
  await trial.service.call('POST', '/v2/workflows', PATIENT);
  await trial.service.call('POST', '/v2/executions', { id, workflow_name: 'patient' });
  await until(async () => (await trial.probe.starts()).length === 1);
  await trial.service.kill();
  const killedAt = Date.now();
  const starts = await until(async () => {
    const all = await trial.probe.starts();
    return all.length === 2 && all;
  });
  const tookMs = (starts[1]?.at ?? Infinity) - killedAt;
  process.stdout.write(`take-over.spec: taken over after ${tookMs} ms\n`);

  expect(tookMs).toBeLessThan(10_000);
  expect(starts[1]?.id).toBe(starts[0]?.id);
  await until(async () => {
    const [row] = await trial.rows<{ state: string }>('SELECT state FROM workflow_executions WHERE id = $1', [id]);
    return row?.state === 'SUCCESS';
  });
});

/** Its first start would take for ever. */
const PATIENT = `version: '2.0'
patient:
  tasks:
    once: {action: probe.work label="patient" hangs=1, safe-rerun: true}
`;
