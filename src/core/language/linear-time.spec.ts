import { expect, it } from '@jest/globals';
import { loadYaml } from '../shared/index.js';
import { lint, parseWorkbook, parseWorkflows, type LanguageOptions } from './index.js';

/** Only work that grows with the square of the text takes that long. */
const ENDLESS_MS = 20_000;
const options: LanguageOptions = { validateExpression: () => undefined };

function inTime(work: () => unknown): void {
  const start = performance.now();
  work();
  expect(performance.now() - start).toBeLessThan(ENDLESS_MS);
}

function workflow(tasks: string): string {
  return `version: '2.0'\nwf:\n  tasks:\n${tasks}`;
}

function numbered(count: number, one: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => one(index)).join('');
}

it.each(['a', 'a={{ ', 'a=<% ', 'a=[', 'a="', '<%', '{{', "<% '\\' %>", '((($.a'])(
  'reads and lints one line that repeats %j',
  (part) => {
    const action = JSON.stringify(`std.echo ${part.repeat(500_000 / part.length)}`);

    inTime(() => lint(workflow(`    t: {action: ${action}}\n`), options));
  },
);

it('reads a workflow with many tags, inputs and targets, each only once', () => {
  const names = numbered(50_000, (i) => `t${i}, `);
  const head = `version: '2.0'\nwf:\n  tags: [${names}]\n  input: [${names}]\n  tasks:\n`;

  inTime(() =>
    expect(() => parseWorkflows(`${head}    a: {on-success: [${names}]}\n`, options)).toThrow("Task 't0' not found."),
  );
});

it('finds the place of each of many findings', () => {
  const tasks = numbered(8_000, (i) => `t${i}: {action: std.echo output=abc}, `);

  inTime(() => expect(lint(`{version: '2.0', wf: {tasks: {${tasks}}}}`, options)).toHaveLength(8_000));
});

it('takes each of many members out of the text of a workbook', () => {
  const members = numbered(8_000, (i) => `  w${i}:\n    tasks: {t: {action: std.noop}}\n`);

  inTime(() => parseWorkbook(`version: '2.0'\nname: book\nworkflows:\n${members}`, options));
});

it('lints many tasks that lead back to the first one', () => {
  const tasks = numbered(8_000, (i) => `    t${i}: {on-success: [t${i + 1}, t0]}\n`);

  inTime(() => lint(workflow(`    s: {on-success: t0}\n${tasks}    t8000: {action: std.noop}\n`), options));
});

it('lints many tasks that go on with one which leads to all of them', () => {
  const tasks = numbered(8_000, (i) => `    t${i}: {on-complete: hub}\n`);
  const hub = `    s: {on-success: hub}\n    hub: {on-success: [${numbered(8_000, (i) => `t${i}, `)}]}\n`;

  inTime(() => lint(workflow(hub + tasks), options));
});

it('refuses defaults that give each of many tasks as many targets', () => {
  const names = numbered(5_000, (i) => `t${i}, `);
  const head = `version: '2.0'\nwf:\n  task-defaults: {on-success: [${names}]}\n  tasks:\n    s: {action: std.noop}\n`;
  const text = head + numbered(5_000, (i) => `    t${i}: {action: std.noop}\n`);

  expect(() => parseWorkflows(text, options)).toThrow(
    'Invalid DSL: task-defaults give 5001 tasks 5000 targets each, and 1000000 for all tasks together is the most',
  );
});

it('reads a number to base 60 with very many digits, exactly', () => {
  expect(loadYaml('1:59:59:07')).toBe(((1 * 60 + 59) * 60 + 59) * 60 + 7);
  expect(loadYaml(`1${':59'.repeat(30)}`)).toBe(2n * 60n ** 30n - 1n);
  inTime(() => expect(loadYaml(`1${':59'.repeat(200_000)}`)).toBe(2n * 60n ** 200_000n - 1n));
});

it('reads wide lists that are nested deeply', () => {
  inTime(() => loadYaml('['.repeat(390) + 'a, '.repeat(300_000) + ']'.repeat(390)));
});
