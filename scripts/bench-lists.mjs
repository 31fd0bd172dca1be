/**
 * Measures pages of 50 over HTTP, with 1,000,000 task executions in a database of its own: `npm run bench:lists [word …]`.
 * For each page it prints the median and the 95th percentile, and the plan with the time in the database.
 * Words choose pages, e.g. `state=ERROR`. DATABASE_URL chooses the server, on which a database is made and dropped again;
 * without it the embedded one is used.
 */
import { freshDatabase } from './bench/lists/database.mjs';
import { pagesOf } from './bench/lists/pages.mjs';
import { Plans } from './bench/lists/plans.mjs';
import { EXECUTIONS, makeRows, TASKS } from './bench/lists/rows.mjs';
import { Service } from './bench/service.mjs';

const REACH_MS = 10;
const WARM_UPS = 10;
const ROUNDS = 60;

const words = process.argv.slice(2);
const own = process.env.DATABASE_URL ? await freshDatabase(process.env.DATABASE_URL) : undefined;
try {
  // Only the API: nothing should try to go on with executions that are made up.
  const service = await Service.start({ ...(own && { DATABASE_URL: own.url }), ROLES: 'api', TRUST_X_ROLES: 'true' });
  try {
    process.exitCode = (await measureAll(service)) ? 0 : 1;
  } finally {
    await service.stop();
  }
} finally {
  await own?.drop();
}

async function measureAll(service) {
  console.log(`making ${EXECUTIONS.toLocaleString('en')} executions with ${TASKS.toLocaleString('en')} tasks…`);
  await makeRows(service.superuserUrl);
  const pages = (await pagesOf(service.databaseUrl)).map((page) => ({ ...page, name: nameOf(page), times: [] }));
  const wanted = pages.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  // Round by round, so that what else the machine does falls on all pages alike.
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    for (const page of wanted) await request(service, page);
  }
  const plans = new Plans(service.databaseUrl);
  await plans.open();
  for (const page of wanted) await print(page, plans);
  await plans.close();
  return wanted.every((page) => medianOf(page) <= REACH_MS);
}

function nameOf({ list, query, headers }) {
  return `${list}?${query}${headers === undefined ? '' : ' (admin)'}`;
}

async function request(service, page) {
  const startedAt = performance.now();
  const path = encodeURI(`/${page.list}?limit=50&${page.query}`);
  const answer = await service.call('GET', path, undefined, undefined, page.headers);
  page.times.push(performance.now() - startedAt);
  page.rows = answer[page.list].length;
}

async function print(page, plans) {
  const median = medianOf(page);
  const times = `${median.toFixed(1).padStart(6)} ${sortedOf(page)[ROUNDS * 0.95 - 1].toFixed(1).padStart(6)} ms`;
  console.log(`${median > REACH_MS ? 'NO ' : 'ok '} ${times} ${String(page.rows).padStart(3)} rows  ${page.name}`);
  console.log(`      ${await plans.of(page)}`);
}

function medianOf(page) {
  return sortedOf(page)[ROUNDS / 2];
}

function sortedOf({ times }) {
  return times.slice(WARM_UPS).sort((a, b) => a - b);
}
