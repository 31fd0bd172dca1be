import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createApp } from '../../../src/app.js';
import { loadConfig, silentLogger } from '../../../src/config/index.js';
import { testDatabase } from '../../support/postgres.js';
import { equalTexts, type Seen } from './compare.js';
import { Http } from './http.js';
import { judgeStep, type Scenario, ScenarioRun } from './run.js';

/** Scenarios at the same time; most of their time is waiting. */
const PARALLEL = 24;
const PATIENCE_MS = 15_000;
const TEXTS_WANTED = 0.95;

/** Where ours differs on purpose, as docs/differences.md says. */
const DIFFERENT = new Set(marked(join(import.meta.dirname, '../../../docs/differences.md')));

const recorded = scenariosOf('scenarios-shared.jsonl');
const shared = recorded.filter(({ id }) => !DIFFERENT.has(id));
const different = recorded.filter(({ id }) => DIFFERENT.has(id));
const bugs = scenariosOf('scenarios-bugs.jsonl');
/** Recorded from Mistral 15 where that behaves as 23 does; the texts in them are ours, without the older tracebacks. */
const older = scenariosOf('scenarios-more.jsonl');
const seen = new Map<string, readonly Seen[]>();
let app: NestFastifyApplication;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  drop = () => database.drop();
  app = await createApp(loadConfig({ DATABASE_URL: database.url, PORT: '0' }), silentLogger);
  await app.listen(0, '127.0.0.1');
  const http = new Http(await app.getUrl());
  const todo = [...recorded, ...bugs, ...older];
  const one = async (): Promise<void> => {
    for (let scenario = todo.shift(); scenario !== undefined; scenario = todo.shift())
      seen.set(scenario.id, await new ScenarioRun(http, scenario, PATIENCE_MS).play());
  };
  await Promise.all(Array.from({ length: PARALLEL }, one));
  await http.close();
}, 300_000);

afterAll(async () => {
  await app.close();
  await drop();
});

describe('behaves as the original was recorded', () => {
  it.each(shared)('$id', (scenario) => {
    expect(problemsOf(scenario)).toEqual([]);
  });
});

describe('behaves as an older version of the original was recorded', () => {
  it.each(older)('$id', (scenario) => {
    expect(problemsOf(scenario)).toEqual([]);
  });
});

describe('differs from the original on purpose', () => {
  it.each([...DIFFERENT])('%s', (id) => {
    const scenario = different.find((one) => one.id === id);
    expect(scenario === undefined ? [] : problemsOf(scenario)).not.toEqual([]);
  });
});

describe('does better where the original must not be copied', () => {
  it.each(bugs)('$id', (scenario) => {
    expect(problemsOf(scenario)).toEqual([]);
  });
});

it('leaves no row without a wake-up', async () => {
  expect(await app.get(DataSource).query('SELECT * FROM rows_without_wakeup')).toEqual([]);
});

it('says what the original says', () => {
  const counts = textsOf(shared);
  const same = counts.reduce((sum, count) => sum + count.same, 0);
  const all = counts.reduce((sum, count) => sum + count.all, 0);

  expect(same / all).toBeGreaterThanOrEqual(TEXTS_WANTED);
});

it('keeps its words', () => {
  expect(textsOf(older).filter(({ same, all }) => same < all)).toEqual([]);
});

function textsOf(scenarios: readonly Scenario[]): ReturnType<typeof equalTexts>[] {
  return scenarios.flatMap(({ id, golden }) =>
    golden.map((want, index) => equalTexts(want, seen.get(id)?.[index] ?? null)),
  );
}

function problemsOf(scenario: Scenario): readonly string[] {
  const steps = seen.get(scenario.id) ?? [];
  return scenario.steps.flatMap((_, index) =>
    judgeStep(scenario, index, steps[index] ?? null).map((problem) => `${scenario.rule} | step ${index} ${problem}`),
  );
}

/** Ids behind a § on a page. */
function marked(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/§ `([\w-]+)`/g)].map(([, id = '']) => id);
}

function scenariosOf(file: string): readonly Scenario[] {
  const lines = readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Scenario);
}
