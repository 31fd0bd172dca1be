/**
 * What one can do to all others: attacks a service of its own, case by case, and prints the slowest answers that others
 * got meanwhile: `npm run bench:isolation -- [--short] [--list] [--case NAME]… [--max-ms 250] [--typical-ms 100]
 * [--seconds MOST] [--json]`.
 * A name may be the beginning of several; the short form takes half a minute. It ends with 1 when a bound is broken. Everything stays on the loopback address.
 */
import { parseArgs } from 'node:util';
import { CASES } from './isolation/cases/index.mjs';
import { startControl } from './isolation/probe.mjs';
import { runCase, runTogether } from './isolation/run-case.mjs';
import { BOUNDS, faultsOf, lineOf } from './isolation/verdict.mjs';

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const { values } = parseArgs({
  options: {
    case: { ...text, multiple: true },
    'max-ms': text,
    'typical-ms': text,
    seconds: text,
    short: flag,
    list: flag,
    json: flag,
  },
});
const bounds = {
  ...BOUNDS,
  maxMs: Number(values['max-ms'] ?? BOUNDS.maxMs),
  typicalMs: Number(values['typical-ms'] ?? BOUNDS.typicalMs),
};
const wanted = CASES.filter(
  ({ name, isShort = false }) =>
    (!values.short || isShort) && (values.case === undefined || values.case.some((start) => name.startsWith(start))),
);

if (values.list) for (const { name, what } of wanted) console.log(`${name.padEnd(34)} ${what}`);
else process.exitCode = (await runAll()) ? 0 : 1;

async function runAll() {
  const control = await startControl();
  const lines = [];
  for await (const row of rowsOf(control.port)) {
    const faults = faultsOf(row, bounds);
    const line = lineOf(row, faults);
    lines.push(line);
    if (values.json) console.log(JSON.stringify({ ...line, faults, byMark: row.phases[0].byMark, log: row.log }));
    else console.log(shown(line, faults, row));
  }
  await control.stop();
  if (!values.json) console.table(lines);
  return lines.every(({ ok }) => ok === 'yes');
}

async function* rowsOf(controlPort) {
  const mostSeconds = Number(values.seconds ?? Infinity);
  const tests = wanted.map((test) => ({ ...test, mostSeconds }));
  if (values.short) yield* runTogether(tests, controlPort);
  else for (const test of tests) yield await runCase(test, controlPort);
}

function shown(line, faults, { log }) {
  const head = `${line.ok === 'yes' ? 'ok ' : 'NO '} ${line.case}: slowest ${line['slowest ms']} ms, ${line.end}`;
  return [head, ...faults.map((fault) => `     ${fault}`), ...(log === undefined ? [] : [log])].join('\n');
}
