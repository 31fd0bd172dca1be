import { KINDS } from './expression-kinds.mjs';
import { COSTLY, lines, oneTask, quoted } from './yaml.mjs';

const FIFTEEN = `with-items: i in <% range(15) %>
action: std.echo
input: {output: ${quoted(COSTLY)}}`;

/** One expression after the other; each ends in some way. */
const oneByOne = {
  name: 'uncounted-expressions',
  what: `${Object.keys(KINDS).length} expressions that are costly in ways which take few steps`,
  seconds: 300,
  attack: async (arena) => {
    const ends = {};
    for (const [kind, expression] of Object.entries(KINDS)) {
      if (process.env.ISOLATION_ONLY && !kind.startsWith(process.env.ISOLATION_ONLY)) continue;
      arena.mark(kind);
      const name = `of-${kind}`;
      const end = await arena.run(oneTask(name, `action: std.noop\npublish: {x: ${quoted(expression)}}`), name);
      ends[kind] = end.slice(0, 200);
      if (process.env.ISOLATION_VERBOSE) console.log(kind, end);
    }
    return Object.entries(ends)
      .map(([kind, end]) => `${kind} ${end.split(' ')[0]}`)
      .join(', ');
  },
};

export const EXPRESSIONS = [
  {
    name: 'with-items-of-15',
    what: 'with-items of 15 whose input costs 2.5 s each',
    seconds: 90,
    attack: (arena) => arena.runsTo('SUCCESS', oneTask('of_fifteen', FIFTEEN), 'of_fifteen'),
  },
  {
    name: 'with-items-of-2',
    what: 'the same with two items',
    isShort: true,
    attack: (arena) => arena.runsTo('SUCCESS', oneTask('of_two', FIFTEEN.replace('15', '2')), 'of_two'),
  },
  {
    name: 'with-items-of-15-delayed',
    what: 'the same with wait-before, and after kill -9 and a restart',
    seconds: 90,
    attack: async (arena) => {
      await arena.define(oneTask('of_fifteen_later', `wait-before: 1\n${FIFTEEN}`));
      await arena.start('of_fifteen_later');
      await arena.pause(4);
      return 'under way';
    },
    afterRestart: async (arena) => {
      const { json } = await arena.send('GET', '/executions?workflow_name=of_fifteen_later');
      return (await arena.ended(json.executions[0].id, ['SUCCESS'])).state;
    },
  },
  {
    name: 'group-by-and-regex',
    what: "range(1000000).groupBy($), ('a'*50000) =~ '(a|aa)+$b' in one expression",
    attack: (arena) =>
      arena.run(
        oneTask('grouping', `action: std.noop\npublish: {a: "${'<% range(1000000).groupBy($).len() %>'}"}`) +
          `  output: {b: "<% ('a' * 50000) =~ '(a|aa)+$b' %>"}\n`,
        'grouping',
      ),
  },
  oneByOne,
  {
    name: 'publish-1000-medium',
    what: '1,000 published variables of some 5 ms each',
    seconds: 60,
    attack: (arena) =>
      arena.runsTo(
        'SUCCESS',
        oneTask(
          'publishing',
          `action: std.noop\npublish:\n${lines(1000, (i) => `  v${i}: <% range(5000).select($ + ${i}).sum() %>\n`)}`,
        ),
        'publishing',
      ),
  },
  {
    name: 'guards-1000-medium',
    what: '1,000 guards of some 5 ms each',
    seconds: 60,
    attack: (arena) =>
      arena.runsTo(
        'SUCCESS',
        `version: '2.0'
guarding:
  tasks:
    t1:
      action: std.noop
      on-success:
${lines(1000, (i) => `        - a${i}: <% range(5000).select($ + ${i}).sum() = 0 %>\n`)}
${lines(1000, (i) => `    a${i}: {action: std.noop}\n`)}`,
        'guarding',
      ),
  },
  {
    name: 'with-items-2000-medium',
    what: 'with-items of 2,000 whose input costs some 5 ms each',
    seconds: 60,
    attack: (arena) =>
      arena.runsTo(
        'SUCCESS',
        oneTask(
          'many_medium',
          'with-items: i in <% range(2000) %>\naction: std.echo output=<% range(5000).select($ * 2).sum() %>',
        ),
        'many_medium',
      ),
  },
  {
    name: 'heavy-200-at-once',
    what: '200 executions, each with an expression of some 0.3 s',
    seconds: 120,
    attack: async (arena) => {
      await arena.define(
        oneTask('one_of_many', 'action: std.noop\npublish: {x: <% range(300000).select($ + 1).sum() %>}'),
      );
      const ids = await Promise.all(Array.from({ length: 200 }, () => arena.start('one_of_many')));
      for (const id of ids) await arena.ended(id, ['SUCCESS']);
      return `${ids.length} × SUCCESS`;
    },
  },
  {
    name: 'heavy-tasks-200',
    what: 'one execution with 200 tasks that start together, each input some 0.3 s',
    seconds: 120,
    attack: (arena) =>
      arena.runsTo(
        'SUCCESS',
        `version: '2.0'\nwide_heavy:\n  tasks:\n${lines(200, (i) => `    t${i}: {action: std.echo output=<% range(300000).select($ + ${i}).sum() %>}\n`)}`,
        'wide_heavy',
      ),
  },
  {
    name: 'loop-of-heavy',
    what: 'an endless loop of tasks with an expression of some 0.1 s, cancelled after 10 s',
    attack: async (arena) => {
      await arena.define(`version: '2.0'
looping:
  tasks:
    start: {action: std.noop, on-success: again}
    again: {action: std.noop, publish: {x: <% range(100000).select($ + 1).sum() %>}, on-success: again}
`);
      const id = await arena.start('looping');
      await arena.pause(10);
      await arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' });
      return (await arena.ended(id, ['CANCELLED'])).state;
    },
  },
];
