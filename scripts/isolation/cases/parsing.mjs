import { Unexpected, refusalOf } from '../arena.mjs';
import { lines, oneTask } from './yaml.mjs';

const MEGA = 1_000_000;
const oneLine = (length) => oneTask('calls', `action: 'std.echo ${'a'.repeat(length)}'`);

/** Sends it to validate and, unless told otherwise, to be stored. */
async function uploadAndValidate(arena, yaml, path = '/workflows') {
  const validated = await arena.send('POST', `${path}/validate`, yaml);
  const uploaded = await arena.send('POST', path, yaml);
  return `${outcome(validated)}; ${outcome(uploaded)}`;
}

function outcome(answer) {
  if (answer.status >= 500) throw new Unexpected(refusalOf(answer));
  return answer.status < 300 ? `${answer.status}` : refusalOf(answer);
}

const text = (name, what, yaml, more = {}) => ({
  name,
  what,
  ...more,
  attack: (arena) => uploadAndValidate(arena, yaml(), more.path),
});

/** Definitions that ask for more than time in proportion to their length. */
const TEXTS = {
  'yaml-flow-deep': () => `version: '2.0'\nw: ${'['.repeat(500_000)}`,
  'yaml-flow-dicts-deep': () => `version: '2.0'\nw: ${'{a: '.repeat(200_000)}`,
  'yaml-block-deep': () => `version: '2.0'\n${lines(2000, (i) => `${' '.repeat(i)}a:\n`)}`,
  'yaml-dashes-deep': () => `version: '2.0'\nw:\n  ${'- '.repeat(500_000)}a\n`,
  'yaml-questions': () => `version: '2.0'\nw:\n  ${'? '.repeat(500_000)}a\n`,
  'yaml-plain-lines': () => `version: '2.0'\nw:\n  description: ${'word\n    '.repeat(300_000)}\n`,
  'yaml-blank-lines': () => `version: '2.0'\nw:\n  description: a\n${'\n'.repeat(3 * MEGA)}  b: c\n`,
  'yaml-double-quoted': () => `version: '2.0'\nw: "${'\\x41 '.repeat(500_000)}"`,
  'yaml-open-quote': () => `version: '2.0'\nw: "${'a\n '.repeat(500_000)}`,
  'yaml-comments': () => `version: '2.0'\n${'# comment\n'.repeat(300_000)}w: {tasks: {a: {action: std.noop}}}\n`,
  'yaml-keys': () => `version: '2.0'\nw:\n${lines(200_000, (i) => `  k${i}: v\n`)}`,
  'yaml-one-key': () => `version: '2.0'\nw:\n${'  k: v\n'.repeat(500_000)}`,
  'yaml-merge-keys': () => `version: '2.0'\nw:\n${lines(20_000, (i) => `  <<: {k${i}: v}\n`)}`,
  'yaml-long-number': () => `version: '2.0'\nw: ${'9'.repeat(2 * MEGA)}\n`,
  'yaml-long-hex': () => `version: '2.0'\nw: 0x${'f'.repeat(2 * MEGA)}\n`,
  'yaml-long-octal': () => `version: '2.0'\nw: 0${'7'.repeat(2 * MEGA)}\n`,
  'yaml-long-binary': () => `version: '2.0'\nw: 0b${'1'.repeat(2 * MEGA)}\n`,
  'yaml-long-float': () => `version: '2.0'\nw: 1.${'9_'.repeat(MEGA)}\n`,
  'yaml-timestamps': () => `version: '2.0'\nw: [${'2026-01-01 10:00:00, '.repeat(100_000)}a]\n`,
  'yaml-one-timestamp': () => `version: '2.0'\nw: 2026-01-01${' '.repeat(2 * MEGA)}10\n`,
  'yaml-tags': () => `version: '2.0'\nw: ${'!a '.repeat(500_000)}x\n`,
  'yaml-block-scalar': () => `version: '2.0'\nw: >\n${lines(300_000, (i) => `${' '.repeat((i % 7) + 1)}x\n`)}`,
  'yaml-dicts-as-keys': () => `version: '2.0'\nw: {${lines(50_000, (i) => `? {a: ${i}} : b, `)}}`,
  'yaml-trailing-colons': () => `version: '2.0'\nw: ${'a:'.repeat(MEGA)}\n`,
  'yaml-spaces': () => `version: '2.0'\nw: a${' '.repeat(3 * MEGA)}#\n`,
  'yaml-tabs': () => `version: '2.0'\nw: {a${'\t'.repeat(3 * MEGA)}: b}\n`,
};

/** Texts that YAML takes as one and that the language has to take apart. */
const WORDS = {
  'open-yaql': () => `action: std.noop\ninput: {a: "${'<% '.repeat(600_000)}"}`,
  'open-jinja': () => `action: std.noop\ninput: {a: "${'{{ '.repeat(600_000)}"}`,
  'open-statement': () => `action: std.noop\ninput: {a: "${'{% '.repeat(600_000)}"}`,
  'many-yaql': () => `action: std.noop\ninput: {a: "${'<% 1 %>'.repeat(200_000)}"}`,
  'many-jinja': () => `action: std.noop\ninput: {a: "${'{{ 1 }}'.repeat(200_000)}"}`,
  'half-closed': () => `action: std.noop\ninput: {a: "${'<% {{ '.repeat(300_000)}${'}} %>'.repeat(300_000)}"}`,
  'yaql-parentheses': () => `action: std.noop\ninput: {a: "<% ${'('.repeat(MEGA)} %>"}`,
  'yaql-sums': () => `action: std.noop\ninput: {a: "<% 1${'+1'.repeat(MEGA)} %>"}`,
  'yaql-nots': () => `action: std.noop\ninput: {a: "<% ${'not '.repeat(MEGA)}1 %>"}`,
  'yaql-dots': () => `action: std.noop\ninput: {a: "<% $${'.a'.repeat(MEGA)} %>"}`,
  'yaql-text': () => `action: std.noop\ninput: {a: "<% '${'\\\\'.repeat(MEGA)} %>"}`,
  'yaql-lists': () => `action: std.noop\ninput: {a: "<% ${'['.repeat(500_000)}${']'.repeat(500_000)} %>"}`,
  'jinja-parentheses': () => `action: std.noop\ninput: {a: "{{ ${'('.repeat(MEGA)} }}"}`,
  'jinja-sums': () => `action: std.noop\ninput: {a: "{{ 1${'+1'.repeat(MEGA)} }}"}`,
  'jinja-filters': () => `action: std.noop\ninput: {a: "{{ 1${'|int'.repeat(500_000)} }}"}`,
  'jinja-ifs': () => `action: std.noop\ninput: {a: "${'{% if 1 %}'.repeat(200_000)}"}`,
  'jinja-comments': () => `action: std.noop\ninput: {a: "${'{# '.repeat(MEGA)} {{ 1 }}"}`,
  'jinja-raw': () => `action: std.noop\ninput: {a: "${'{% raw %}'.repeat(300_000)} {{ 1 }}"}`,
  'call-equals': () => `action: 'std.echo ${'a='.repeat(MEGA)}'`,
  'call-brackets': () => `action: 'std.echo ${'a=['.repeat(500_000)}'`,
  'call-quotes': () => `action: 'std.echo ${'a="'.repeat(500_000)}'`,
  'call-braces': () => `action: 'std.echo ${'a={{'.repeat(500_000)}'`,
  'call-angles': () => `action: 'std.echo ${'a=<%'.repeat(500_000)}'`,
  'call-dashes': () => `action: 'std.echo ${'-_'.repeat(MEGA)}'`,
  'call-parameters': () => `action: 'std.echo ${lines(100_000, (i) => `a${i}=1 `)}'`,
  'call-command': () => `action: '{{ ${'}} '.repeat(MEGA)}x'`,
  'with-items-list': () => `with-items: 'i in ${'['.repeat(MEGA)}'\naction: std.noop`,
  'with-items-name': () => `with-items: '${'i-'.repeat(MEGA)}'\naction: std.noop`,
  'with-items-spaces': () => `with-items: 'i${' '.repeat(2 * MEGA)}'\naction: std.noop`,
  'retry-line': () => `retry: 'count=1 ${'delay='.repeat(500_000)}'\naction: std.noop`,
  'on-success-words': () => `action: std.noop\non-success: 'fail ${'a=b('.repeat(500_000)}'`,
  'on-success-call': () => `action: std.noop\non-success: 'fail(${'a=b('.repeat(500_000)} )'`,
  'on-success-many': () => `action: std.noop\non-success: [${lines(100_000, (i) => `x${i}, `)}y]`,
  'on-success-guards': () => `action: std.noop\non-success: [${lines(30_000, (i) => `{y: <% ${i} %>}, `)}y]`,
  'tags-unique': () => `action: std.noop\ntags: [${lines(200_000, (i) => `x${i}, `)}y]`,
  'publish-many': () => `action: std.noop\npublish: {${lines(100_000, (i) => `x${i}: '<% ${i} %>', `)}y: 1}`,
  'input-deep': () => `action: std.noop\ninput: {a: ${'['.repeat(5_000)}1${']'.repeat(5_000)}}`,
};

const several = (name, what, texts, wrap) => ({
  name,
  what,
  seconds: 240,
  attack: async (arena) => {
    for (const [kind, make] of Object.entries(texts)) {
      arena.mark(kind);
      const end = await uploadAndValidate(arena, wrap(make()));
      if (process.env.ISOLATION_VERBOSE) console.log(kind, end);
    }
    return `${Object.keys(texts).length} texts answered`;
  },
});

const uniqueLists = () =>
  `version: '2.0'\nw:\n  input: [${lines(20_000, (i) => `{a: [[${i}]]}, `)}b]\n  tasks: {t: {action: std.noop}}\n`;

const inputSchemas = () =>
  oneTask(
    'schemas',
    'action: std.noop',
    `  input: [${lines(500, (i) => `p${i}, `)}q]\n  input-schema:\n${lines(500, (i) => `    p${i}: {type: object, properties: {a: {type: string, pattern: '^(a|b)+$'}, b: {type: array, uniqueItems: true, items: {enum: [1, 2, ${i}]}}}}\n`)}`,
  );

const manySchemas = () =>
  `version: '2.0'\n${lines(500, (i) => `w${i}:\n  input-schema: {type: object, properties: {p${i}: {type: string}, q: {type: array, items: {type: integer}}}}\n  input: [p${i}, q]\n  tasks: {t: {action: std.noop}}\n`)}`;

const dense = (tasks) =>
  `version: '2.0'\ndense:\n  tasks:\n${lines(tasks, (i) => `    t${i}: {action: std.noop, join: one, on-success: [${lines(tasks, (k) => `t${k}, `)}noop]}\n`)}    s: {action: std.noop, on-success: t0}\n`;

export const PARSING = [
  text('one-line-40-kb', "action: 'std.echo aaaa…' of 40 KB", () => oneLine(40_000), { isShort: true }),
  text('one-line-5-mb', "action: 'std.echo aaaa…' of 5 MB", () => oneLine(5 * MEGA)),
  text('sexagesimal-100000', '1:59:59:… of 100,000 groups', () => `version: '2.0'\nw: 1${':59'.repeat(100_000)}\n`, {
    isShort: true,
  }),
  text(
    'yaml-700000-dicts',
    'YAML of 5 MB, 700,000 small dicts',
    () => `version: '2.0'\nw: [${'{a: b},'.repeat(700_000)}]`,
    {
      seconds: 60,
    },
  ),
  text('input-schema-500', '500 members of an input-schema', inputSchemas),
  text('input-schemas-500', '500 workflows with an input-schema', manySchemas, { seconds: 60 }),
  text('unique-20000-lists', 'inputs, unique, of 20,000 lists', uniqueLists, { seconds: 60 }),
  text('dense-700', '700 joins, each on-success of all', () => dense(700), { seconds: 60 }),
  text(
    'workflows-20000',
    'a definition of 20,000 workflows',
    () => `version: '2.0'\n${lines(20_000, (i) => `w${i}: {tasks: {t: {action: std.noop}}}\n`)}`,
    { seconds: 90 },
  ),
  text(
    'tasks-50000',
    'a workflow of 50,000 tasks in a chain',
    () =>
      `version: '2.0'\nw:\n  tasks:\n${lines(50_000, (i) => `    t${i}: {action: std.noop, on-success: t${i + 1}}\n`)}    t50000: {action: std.noop}\n`,
    { seconds: 60 },
  ),
  text(
    'workbook-5000',
    'a workbook of 5,000 workflows and 5,000 actions',
    () =>
      `version: '2.0'\nname: wide\nactions:\n${lines(5000, (i) => `  a${i}:\n    base: std.noop\n`)}workflows:\n${lines(5000, (i) => `  w${i}:\n    tasks:\n      t: {action: a${i}}\n`)}`,
    { seconds: 90, path: '/workbooks' },
  ),
  text(
    'reverse-dense',
    'a reverse workflow of 600 tasks, each requiring all before',
    () =>
      `version: '2.0'\nw:\n  type: reverse\n  tasks:\n${lines(600, (i) => `    t${i}: {action: std.noop${i > 0 ? `, requires: [${Array.from({ length: i }, (_, k) => `t${k}`).join(', ')}]` : ''}}\n`)}`,
    { seconds: 60 },
  ),
  several('odd-yaml', `${Object.keys(TEXTS).length} texts that are hard for a YAML reader`, TEXTS, (yaml) => yaml),
  several('odd-words', `${Object.keys(WORDS).length} texts that are hard for the language`, WORDS, (task) =>
    oneTask('words', task),
  ),
];
