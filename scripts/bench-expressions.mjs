/** Measures how often a second expressions are evaluated with their parse cached; run `npm run build` first. */
import { evaluate } from '../dist/core/expressions/index.js';

const items = Array.from({ length: 100 }, (_, i) => ({ name: `vm${i}`, role: `r${i % 5}`, cpu: i % 16 }));
const data = {
  x: 5,
  a: 2,
  b: 1,
  d: { a: { b: 7 } },
  three: [
    { v: 1, n: 'one' },
    { v: 2, n: 'two' },
    { v: 3, n: 'three' },
  ],
  vms: items,
  nums: [1, 2, 3],
};
const functions = { uuid: () => '0', now: () => 0, random: () => 0 };
const scope = { layers: [data], functions };

/** Expression, and the evaluations a second it must reach. */
const CASES = [
  ['<% $.x %>', 600_000],
  ['<% $.d.a.b %>', 345_000],
  ['<% $.a > 1 and $.b < 3 %>', 271_000],
  ['value <% $.x %> of <% $.a %>', 336_000],
  ['<% $.three.where($.v > 1).select($.n) %>', 93_000],
  ['<% switch($.x > 10 => big, $.x > 3 => mid, true => small) %>', 226_000],
  ['<% let(f => $.x) -> $.nums.select($ * $f).sum() %>', 86_000],
  ['<% $.vms.where($.cpu > 7).name %>', 6_600],
  ['<% $.vms.groupBy($.role, $.name).toDict($[0], $[1]) %>', 4_100],
  ['{{ _.x }}', 318_000],
  ['{{ _.d.a.b }}', 259_000],
  ['{{ _.a > 1 and _.b < 3 }}', 149_000],
  ['value {{ _.x }} of {{ _.a }}', 164_000],
  ["{{ _.three|selectattr('v', 'gt', 1)|list }}", 134_500],
  ['{% for i in _.three %}{{ i.n }},{% endfor %}', 91_000],
  ["{{ _.vms|selectattr('cpu', 'gt', 7)|map(attribute='name')|list }}", 66_600],
];

const SECONDS = Number(process.env.BENCH_SECONDS ?? 0.5);
let slow = 0;
for (const [expression, wanted] of CASES) {
  const rate = measure(expression);
  if (rate < wanted) slow++;
  const verdict = rate < wanted ? 'SLOW' : 'ok';
  console.log(`${expression.padEnd(72)} ${format(rate)}/s  wanted ${format(wanted)}/s  ${verdict}`);
}
process.exitCode = slow > 0 ? 1 : 0;

function measure(expression) {
  run(expression, 0.2);
  return run(expression, SECONDS);
}

function run(expression, seconds) {
  const end = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  const start = process.hrtime.bigint();
  let count = 0;
  while (process.hrtime.bigint() < end) {
    for (let i = 0; i < 100; i++) evaluate(expression, scope);
    count += 100;
  }
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

function format(rate) {
  return Math.round(rate).toLocaleString('en').padStart(11);
}
