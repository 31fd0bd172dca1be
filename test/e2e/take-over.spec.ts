import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ProbeStart } from '../support/probe-pack.js';
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

it('takes over from a node that stands still, and takes no result from it when it comes back', async () => {
  await trial.service.call('POST', '/v2/workflows', SLOW);
  const id = randomUUID();
  await trial.service.call('POST', '/v2/executions', { id, workflow_name: 'slow' });
  await until(async () => (await trial.probe.starts()).length === 2);
  trial.service.freeze();
  await until(() => hasSucceeded(id));
  const before = await ends();
  const journal = await trial.rows('SELECT execution_id, version FROM journal ORDER BY 1, 2');
  const [{ at: thawedAt } = { at: new Date() }] = await trial.rows<{ at: Date }>('SELECT clock_timestamp() AS at');
  trial.service.thaw();
  // The node has been back for so long that it has told all it had to tell.
  await until(async () => {
    const sql = `SELECT FROM executor_nodes WHERE name LIKE 'first/%' AND renewed_at > $1::timestamptz + interval '3 seconds'`;
    return (await trial.rows(sql, [thawedAt])).length === 1;
  });

  expect(before).toMatchObject([
    { safe_rerun: false, state: 'ERROR', attempts: 1 },
    { safe_rerun: true, state: 'SUCCESS', attempts: 2 },
  ]);
  expect(await ends()).toEqual(before);
  expect(await trial.rows('SELECT execution_id, version FROM journal ORDER BY 1, 2')).toEqual(journal);
  expect(await trial.startedTwice()).toEqual([]);
});

it('starts an action again within 10 seconds after the death of its node', async () => {
  const id = randomUUID();
  await trial.service.call('POST', '/v2/workflows', PATIENT);
  await trial.service.call('POST', '/v2/executions', { id, workflow_name: 'patient' });
  await until(async () => (await patientStarts()).length === 1);
  await trial.service.kill();
  const killedAt = Date.now();
  const starts = await until(async () => {
    const all = await patientStarts();
    return all.length === 2 && all;
  });
  const tookMs = (starts[1]?.at ?? Infinity) - killedAt;
  process.stdout.write(`take-over.spec: taken over after ${tookMs} ms\n`);

  expect(tookMs).toBeLessThan(10_000);
  expect(starts[1]?.id).toBe(starts[0]?.id);
  await until(() => hasSucceeded(id));
});

async function hasSucceeded(id: string): Promise<boolean> {
  const [row] = await trial.rows<{ state: string }>('SELECT state FROM workflow_executions WHERE id = $1', [id]);
  return row?.state === 'SUCCESS';
}

async function patientStarts(): Promise<readonly ProbeStart[]> {
  return (await trial.probe.starts()).filter(({ label }) => label === 'patient');
}

async function ends(): Promise<readonly ActionEnd[]> {
  return trial.rows<ActionEnd>(`SELECT id, safe_rerun, state, output, updated_at, attempts FROM action_executions
    WHERE workflow_name = 'slow' ORDER BY safe_rerun`);
}

interface ActionEnd {
  readonly safe_rerun: boolean;
  readonly state: string;
  readonly attempts: number;
}

const SLOW = `version: '2.0'
slow:
  tasks:
    once: {action: probe.work label="once" ms=3000, on-error: noop}
    again: {action: probe.work label="again" ms=3000, safe-rerun: true}
`;

/** Its first start would take for ever. */
const PATIENT = `version: '2.0'
patient:
  tasks:
    once: {action: probe.work label="patient" hangs=1, safe-rerun: true}
`;
