import { refusalOf, together, Unexpected } from '../arena.mjs';
import { pageOf } from '../local-servers.mjs';
import { lines, oneTask } from './yaml.mjs';

const nested = (depth) => `${'['.repeat(depth)}${'1'}${']'.repeat(depth)}`;
const KB = 'x'.repeat(1000);

const runs = (name, what, yaml, workflow, more = {}) => ({
  name,
  what,
  seconds: 90,
  ...more,
  attack: (arena) => arena.runsTo(more.end ?? 'SUCCESS', yaml(), workflow, more.input?.(), more.params?.()),
});

/** So many branches publish so many variables each; a join takes them all, and a chain passes them on. */
const branches = (count, variables, chain) => `version: '2.0'
merging:
  output: {n: 1}
  tasks:
${lines(
  count,
  (i) => `    b${i}:
      action: std.noop
      publish: {${lines(variables, (k) => `v${i}_${k}: ${i + k}, `)}own: ${i}}
      on-success: j
`,
)}    j: {join: all, action: std.noop, on-success: c0}
${lines(chain, (i) => `    c${i}: {action: std.noop, publish: {c${i}: 1}${i < chain - 1 ? `, on-success: c${i + 1}` : ''}}\n`)}`;

const fan = (count) =>
  `version: '2.0'\nfan:\n  tasks:\n${lines(count, (i) => `    t${i}: {action: std.noop, on-success: j}\n`)}    j: {join: all, action: std.noop}\n`;

const chain = (count) =>
  `version: '2.0'\nlong:\n  tasks:\n${lines(count, (i) => `    t${i}: {action: std.noop, on-success: t${i + 1}}\n`)}    t${count}: {action: std.noop}\n`;

const answered = (name, what, text, count) => ({
  name,
  what,
  seconds: 60,
  attack: async (arena) => {
    const page = await pageOf(text());
    try {
      const yaml = oneTask(
        'answered',
        `with-items: 'i in <% range(${count}) %>'\naction: std.http\ninput: {url: '${page.url}'}`,
      );
      return await arena.run(yaml, 'answered');
    } finally {
      page.stop();
    }
  },
});

export const SIZES = [
  runs(
    'noop-100000-items',
    '100,000 noop items',
    () => oneTask('noops', "with-items: 'i in <% range(100000) %>'\naction: std.noop"),
    'noops',
    { seconds: 120 },
  ),
  runs(
    'echo-20000-items',
    '20,000 echoes of 1 KB',
    () => oneTask('echoes', `with-items: 'i in <% range(20000) %>'\naction: std.echo output="${KB}"`),
    'echoes',
    { seconds: 120 },
  ),
  runs(
    'items-limited-20000',
    '20,000 items, 10 at a time',
    () => oneTask('limited', "with-items: 'i in <% range(20000) %>'\nconcurrency: 10\naction: std.noop"),
    'limited',
  ),
  runs('fan-10000', '10,000 tasks and a join of all', () => fan(10_000), 'fan', { isShort: false }),
  runs('chain-10000', 'a chain of 10,000 tasks', () => chain(10_000), 'long'),
  runs(
    'contexts-merged',
    '200 branches of 1,000 variables, joined, and a chain of 100',
    () => branches(200, 1000, 100),
    'merging',
  ),
  runs(
    'start-tasks-20000-waiting',
    '20,000 tasks with wait-before',
    () =>
      `version: '2.0'\nwaits:\n  tasks:\n${lines(20_000, (i) => `    t${i}: {action: std.noop, wait-before: 5}\n`)}`,
    'waits',
    { seconds: 120 },
  ),
  runs(
    'retry-2000',
    '2,000 tasks that fail and are tried 3 times',
    () =>
      `version: '2.0'\nretries:\n  tasks:\n${lines(2000, (i) => `    t${i}: {action: std.fail, retry: {count: 3, delay: 1}}\n`)}`,
    'retries',
    { end: 'ERROR' },
  ),
  runs(
    'environment-900-kb',
    'an environment of 900 KB, seen by 500 sub-workflows',
    () => `version: '2.0'
seeing:
  tasks: {t: {with-items: 'i in <% range(500) %>', workflow: seen}}
seen:
  tasks: {t: {action: std.echo output=<% env().size() %>, on-error: u}, u: {action: std.echo output=<% env().keys().len() %>}}
`,
    'seeing',
    { params: () => ({ env: Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`k${i}`, KB])) }) },
  ),
  runs(
    'input-900-kb-passed-on',
    'an input of 900 KB passed on to 300 sub-workflows of five tasks',
    () => `version: '2.0'
passing:
  input: [data]
  tasks: {t: {with-items: 'i in <% range(300) %>', workflow: passed data=<% $.data %>}}
passed:
  input: [data]
  output: {n: 1}
  tasks:
${lines(5, (i) => `    t${i}: {action: std.echo output=<% $.data %>, publish: {d${i}: <% task().result %>}, on-success: t${i + 1}}\n`)}    t5: {action: std.noop}
`,
    'passing',
    { seconds: 120, input: () => ({ data: Array.from({ length: 900 }, () => KB) }) },
  ),
  runs(
    'deep-values',
    'a value 5,000 lists deep, published, merged and passed on',
    () => `version: '2.0'
deep:
  tasks:
    a: {action: std.noop, publish: {d: "<% json_parse('[' * 5000 + ']' * 5000) %>"}, on-success: [b, c]}
    b: {action: std.echo output=<% $.d %>, publish: {d: <% task().result %>}, on-success: j}
    c: {action: std.noop, publish: {d: <% [$.d] %>}, on-success: j}
    j: {join: all, action: std.echo output=<% $ %>}
`,
    'deep',
    { end: '' },
  ),
  answered('answers-of-5-mb', 'std.http × 40 with answers of 5 MB of JSON', () => `[${'1,'.repeat(2_600_000)}1]`, 40),
  answered(
    'answers-of-900-kb',
    'std.http × 100 with answers of 900 KB of JSON',
    () => `[${'[],'.repeat(300_000)}1]`,
    100,
  ),
  answered('answers-deep', 'std.http × 20 with answers 400,000 lists deep', () => nested(400_000), 20),
  {
    name: 'results-reported',
    what: '200 results of 900 KB, by PUT /v2/action_executions, eight at a time',
    seconds: 90,
    attack: async (arena) => {
      await arena.define(oneTask('reported', "with-items: 'i in <% range(200) %>'\naction: std.async_noop"));
      const id = await arena.start('reported');
      const actions = await arena.whenever(async () => {
        const [task] = (await arena.done('GET', `/executions/${id}/tasks`)).tasks;
        const list = task && (await arena.done('GET', `/tasks/${task.id}/action_executions?fields=id&limit=1000`));
        return list?.action_executions.length === 200 && list.action_executions;
      });
      const ends = new Set();
      const body = Buffer.from(`{"state": "SUCCESS", "output": [${'[],'.repeat(290_000)}1]}`);
      await together(8, actions, async (action) => {
        const answer = await arena.send('PUT', `/action_executions/${action.id}`, body, { type: 'application/json' });
        if (answer.status >= 500) throw new Unexpected(refusalOf(answer));
        ends.add(answer.status);
      });
      return [...ends].join(', ');
    },
  },
  {
    name: 'large-pages',
    what: 'pages of 300 executions with an output of 900 KB, and of their tasks, eight at a time',
    seconds: 90,
    attack: async (arena) => {
      await arena.define(
        oneTask(
          'large',
          'action: std.echo\ninput: {output: <% $.d %>}\npublish: {r: <% task().result %>}',
          '  input: [d]\n  output: {d: <% $.d %>}\n',
        ),
      );
      const d = KB.repeat(900);
      await together(4, Array.from({ length: 300 }), () => arena.start('large', { d }));
      const paths = [
        '/executions?include_output=true',
        '/executions',
        '/tasks',
        '/tasks?include_result=true',
        '/action_executions?include_output=true',
      ];
      for (const path of paths) {
        arena.mark(path);
        await together(8, Array.from({ length: 16 }), async () => {
          const { status } = await arena.send('GET', `${path}${path.includes('?') ? '&' : '?'}limit=1000`);
          if (status >= 500) throw new Unexpected(`${path}: ${status}`);
        });
      }
      return 'read';
    },
  },
  {
    name: 'large-tree-read',
    what: 'report, why, history, tasks and events of an execution with 20,000 tasks',
    seconds: 120,
    attack: async (arena) => {
      await arena.define(fan(20_000));
      const id = await arena.start('fan');
      await arena.ended(id, ['SUCCESS']);
      const paths = ['', '/report', '/why', '/history', '/tasks', '/tasks?limit=1000', '/executions'];
      for (const path of paths) {
        arena.mark(path || 'itself');
        await together(4, Array.from({ length: 8 }), async () => {
          const { status } = await arena.send('GET', `/executions/${id}${path}`);
          if (status >= 500) throw new Unexpected(`${path}: ${status}`);
        });
      }
      arena.mark('delete');
      await arena.done('DELETE', `/executions/${id}`);
      return 'read, deleted';
    },
  },
  {
    name: 'tasks-function',
    what: 'tasks() and executions() over 30,000 of each, eight at a time',
    seconds: 120,
    attack: async (arena) => {
      await arena.define(
        `${oneTask('many', "with-items: 'i in <% range(10000) %>'\nworkflow: few")}few:\n  tasks: {a: {action: std.noop}, b: {action: std.noop}, c: {action: std.noop}}\n`,
      );
      const id = await arena.start('many');
      arena.mark('making');
      await arena.ended(id, ['SUCCESS']);
      const ends = new Set();
      const asks = {
        tasks: `tasks(${id}, true).len()`,
        all: 'tasks().len()',
        flat: `tasks(${id}, true, SUCCESS, true).len()`,
        executions: 'executions().len()',
        root: `executions(root_execution_id => ${id}).len()`,
      };
      for (const [label, call] of Object.entries(asks)) {
        arena.mark(label);
        await arena.define(
          oneTask(`asks_${label}`, `action: std.noop\npublish: {n: "<% ${call.replaceAll(id, `'${id}'`)} %>"}`),
        );
        await together(8, Array.from({ length: 8 }), async () => {
          const { state, state_info } = await arena.ended(await arena.start(`asks_${label}`));
          ends.add(`${label} ${state} ${state_info?.replaceAll(/\s+/g, ' ').slice(0, 120) ?? ''}`);
        });
      }
      return [...ends].join('; ');
    },
  },
];
