import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApiUnderTest } from '../e2e/api-under-test.js';
import { OPEN_API_FILE, operations } from '../support/open-api.js';
import { problemOf } from './answer-checks.js';
import { Things } from './known-things.js';
import { plansFor, type Plan } from './request-plans.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 5000);

const MOST_SHOWN = 20;

const things = new Things();
const answered = new Map<string, Set<number>>();
/** What was wrong, by operation, status and problem, with one request each. */
const problems = new Map<string, string>();
let api: ApiUnderTest;

beforeAll(async () => {
  process.stdout.write(`FUZZ_SEED=${SEED}\n`);
  api = await ApiUnderTest.start({ INFO_FILE: OPEN_API_FILE, ALLOW_ACTION_EXECUTION_DELETION: 'true' });
  await things.prepare(api);
});
afterAll(() => api.stop());

it(`answers any request as openapi.json says, without failing (FUZZ_SEED=${SEED})`, async () => {
  const plans = fc.sample(fc.oneof(...operations.map(plansFor)), { seed: SEED, numRuns: REQUESTS });

  for (const plan of plans) await send(plan);

  expect([...problems].slice(0, MOST_SHOWN)).toEqual([]);
  const reached = operations.filter(({ title }) => [...(answered.get(title) ?? [])].some((status) => status < 300));
  console.log(JSON.stringify({ requests: plans.length, operations: operations.length, succeeded: reached.length }));
  expect(reached.length).toBeGreaterThan(operations.length * 0.7);
}, 300_000);

async function send(plan: Plan): Promise<void> {
  const { method, title, path } = plan.operation;
  const url = things.urlOf(plan);
  const json = things.named(plan.json);
  const answer = await api.call(method, url, { json, text: plan.text, headers: plan.headers });
  answered.set(title, (answered.get(title) ?? new Set()).add(answer.status));
  const problem = problemOf(plan.operation, answer);
  if (problem !== undefined) {
    const request = [method, url, JSON.stringify(plan.headers), plan.text ?? JSON.stringify(json)].join(' ');
    problems.set(`${title} ${answer.status}: ${problem}`, `${request}\n${answer.text.slice(0, 500)}`);
  }
  things.learn(path, answer.body);
  if (path === '/maintenance') await api.put('/maintenance', { status: 'RUNNING' });
}
