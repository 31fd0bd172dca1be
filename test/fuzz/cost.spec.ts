import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FILTER_DEFINITIONS, TEST_DEFINITIONS } from '../../src/core/expressions/jinja/index.js';
import { DECLARATIONS } from '../../src/core/expressions/yaql/index.js';
import { outcomeOf } from './checks.js';
import { scopeOf } from './context.js';
import { METHODS } from './jinja-texts.js';
import { LARGE, LARGE_NAMES } from './large-data.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);

/** A tenth of the budget of an evaluation in a workflow, which takes well under a second; what isn't paid for takes minutes. */
const scope = scopeOf(LARGE, { maxSteps: 500_000, maxOutput: 2_000_000 });
const CPU_LIMIT_MS = 10_000;

/** Milliseconds of the quickest of a few attempts. */
function cpuOf(text: string): number {
  let best = Infinity;
  for (let attempt = 0; attempt < 3 && best > CPU_LIMIT_MS; attempt++) {
    const start = process.cpuUsage();
    outcomeOf(text, scope);
    best = Math.min(best, process.cpuUsage(start).user / 1000);
  }
  return best;
}

const names = fc.constantFrom(...LARGE_NAMES);
const small = fc.constantFrom('1', '2', "'b'", "''", '-1', '0', "'%d'", 'true', "'a'");

const yaqlArguments = fc.array(fc.oneof({ weight: 2, arbitrary: names.map((name) => `$r.${name}`) }, small), {
  maxLength: 3,
});
const yaqlCalls = fc
  .tuple(fc.constantFrom(...DECLARATIONS), fc.nat(5), names, yaqlArguments)
  .map(([{ names: all, style }, which, receiver, args]) => {
    const name = all[which % all.length] ?? '';
    return style === 'function'
      ? `${name}(${[`$r.${receiver}`, ...args].join(', ')})`
      : `$r.${receiver}.${name}(${args.join(', ')})`;
  });
const yaqlOperations = fc
  .tuple(names, fc.constantFrom('+', '-', '*', '/', ' mod ', '=', '<', ' in ', '=~', ' and '), names, fc.nat(1))
  .map(([a, operator, b, plain]) => `($r.${a}${operator}${plain === 1 ? '2' : `$r.${b}`})`);
const yaqlUses = fc.constantFrom(
  '',
  '.first()',
  '.len()',
  '.toList()',
  ' = 1',
  '.toSet()',
  '.any()',
  '.last(0)',
  '.keys()',
);

const jinjaArguments = fc.array(fc.oneof({ weight: 2, arbitrary: names.map((name) => `_.${name}`) }, small), {
  maxLength: 3,
});
const jinjaFilters = fc
  .tuple(names, fc.constantFrom(...FILTER_DEFINITIONS), jinjaArguments)
  .map(([subject, { names: all }, args]) => `_.${subject}|${all[0] ?? ''}(${args.join(', ')})`);
const jinjaTests = fc
  .tuple(names, fc.constantFrom(...TEST_DEFINITIONS), jinjaArguments)
  .map(([subject, { names: all }, args]) => `_.${subject} is ${all[0] ?? ''}(${args.join(', ')})`);
const jinjaMethods = fc
  .tuple(names, fc.constantFrom(...METHODS), jinjaArguments)
  .map(([subject, name, args]) => `_.${subject}.${name}(${args.join(', ')})`);
const jinjaOperations = fc
  .tuple(
    names,
    fc.constantFrom('+', '-', '*', '//', '%', '~', '==', '<', ' in ', ' not in ', ' and '),
    names,
    fc.nat(2),
  )
  .map(([a, operator, b, kind]) => `(${kind === 2 ? '2' : `_.${a}`}${operator}${kind === 1 ? '2' : `_.${b}`})`);
const jinjaParts = fc
  .tuple(
    names,
    fc.constantFrom('[5]', '[-1]', '[5:]', '[::-1]', "['a']", '.x', '[1:3]', '|list|length', '|first', '|last'),
  )
  .map(([subject, part]) => `_.${subject}${part}`);

const KINDS: readonly (readonly [name: string, texts: fc.Arbitrary<string>])[] = [
  [
    'YAQL',
    fc
      .tuple(fc.oneof(yaqlCalls, yaqlCalls, yaqlOperations), yaqlUses)
      .map(([expr, use]) => `<% let(r => $) -> range(500000).select(${expr}${use}).where($ = never).len() %>`),
  ],
  [
    'Jinja',
    fc
      .tuple(
        fc.oneof(jinjaFilters, jinjaTests, jinjaMethods, jinjaOperations, jinjaParts),
        fc.constantFrom('', '', '|list', '|first', ' in _.x', ' == _.m', '|length', '[0]', '~_.s'),
      )
      .map(([expr, use]) => `(${expr})${use}`)
      .map(
        (expr) =>
          `{% for i in range(100000) %}{% for j in range(5) %}{% set x = ${expr} %}{% endfor %}{% endfor %}{{ 1 }}`,
      ),
  ],
];

describe(`an operation on large data, again and again (FUZZ_SEED=${SEED})`, () => {
  it.each(KINDS)('ends within its budget: %s', (_name, texts) => {
    const time = {
      interruptAfterTimeLimit: Number(process.env['FUZZ_SECONDS'] ?? 10) * 500,
      markInterruptAsFailure: false,
    };
    const bad = new Map<string, number>();
    fc.assert(
      fc.property(texts, (text) => {
        const cpu = cpuOf(text);
        if (cpu > CPU_LIMIT_MS) bad.set(text, cpu);
      }),
      { seed: SEED, numRuns: 1_000_000, ...time },
    );

    expect([...bad].map(([text, cpu]) => `${Math.round(cpu)} ms: ${text}`)).toEqual([]);
  });
});
