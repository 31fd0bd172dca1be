/** What others see meanwhile: asks the service from a thread of its own and keeps every time, until told to stop. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { keptAlive, send } from './client.mjs';

const PING_EVERY_MS = 20;
const LIST_EVERY_MS = 100;
const WORKFLOW_EVERY_MS = 250;
const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED'];
const { port, controlPort } = workerData;

/** Samples are `[sent at, milliseconds]`; `failures` says what came instead of an answer. */
const kinds = { ping: [], list: [], workflow: [], noise: [] };
const failures = {};
const underWay = new Map();
const page = createServer((_, answer) => answer.end('page')).listen(0, '127.0.0.1');
let isStopped = false;
await once(page, 'listening');

parentPort.once('message', () => {
  isStopped = true;
  const now = Date.now();
  for (const { kind, sentAt } of underWay.values()) record(kind, sentAt, now);
  parentPort.postMessage({ kinds, failures });
});

void every(PING_EVERY_MS, 'noise', controlPort, ask('/'));
void every(PING_EVERY_MS, 'ping', port, ask('/v2/'));
void every(LIST_EVERY_MS, 'list', port, ask('/v2/executions?limit=20&sort_dirs=desc&sort_keys=created_at'));
void every(WORKFLOW_EVERY_MS, 'workflow', port, runWorkflow);

/** One after the other; an answer that is late counts for each request that should have been sent meanwhile. */
async function every(periodMs, kind, toPort, work) {
  const agent = keptAlive(4);
  while (!isStopped) {
    const sentAt = Date.now();
    const key = Symbol(kind);
    underWay.set(key, { kind, sentAt });
    const failure = await work(toPort, agent).catch((error) => error.message);
    underWay.delete(key);
    if (isStopped) return;
    if (failure === undefined) record(kind, sentAt, Date.now(), periodMs);
    else failures[`${kind}: ${failure}`] = (failures[`${kind}: ${failure}`] ?? 0) + 1;
    await pause(Math.max(1, sentAt + periodMs - Date.now()));
  }
}

function record(kind, sentAt, answeredAt, periodMs = PING_EVERY_MS) {
  for (let at = sentAt; at === sentAt || at < answeredAt; at += periodMs) kinds[kind].push([at, answeredAt - at]);
}

function ask(path) {
  return async (toPort, agent) => {
    const { status } = await send(toPort, 'GET', path, { agent, timeoutMs: 120_000 });
    return status === 200 ? undefined : `status ${status}`;
  };
}

async function runWorkflow(toPort, agent) {
  const input = { url: `http://127.0.0.1:${page.address().port}/` };
  const started = await send(toPort, 'POST', '/v2/executions', { agent, body: { workflow_name: 'bystander', input } });
  if (started.status !== 201) return `status ${started.status}`;
  while (!isStopped) {
    const { status, json } = await send(toPort, 'GET', `/v2/executions/${started.json.id}`, { agent });
    if (status !== 200) return `status ${status}`;
    if (json.state === 'SUCCESS') return undefined;
    if (FINAL.includes(json.state)) return `${json.state} ${json.state_info}`.slice(0, 200);
    await pause(10);
  }
}
