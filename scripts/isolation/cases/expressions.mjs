import { COSTLY, lines, oneTask, quoted } from './yaml.mjs';

const FIFTEEN = `with-items: i in <% range(15) %>
action: std.echo
input: {output: ${quoted(COSTLY)}}`;

/** What takes its time without counting steps of its own: each is one expression. */
const KINDS = {
  'group-by': '<% range(1000000).groupBy($).len() %>',
  regex: "<% ('a' * 50000) =~ '(a|aa)+$b' %>",
  'yaml-parse': `<% yaml_parse('1' + ':59' * 200000) %>`,
  'yaml-dump': '<% yaml_dump(range(200000).toList()).len() %>',
  'yaml-both': '{{ yaml_parse(yaml_dump(range(60000)|list))|length }}',
  'json-both': '<% json_parse(json_dump(range(500000).toList())).len() %>',
  'json-deep': `<% json_parse('[' * 200000 + ']' * 200000) %>`,
  'json-number': `<% json_parse('1' * 1000000) %>`,
  'regex-find': "<% regex('(x+x+)+y').searchAll('x' * 5000).len() %>",
  'regex-replace': "<% regex('a*?b').replace('a' * 60000, '-').len() %>",
  'regex-split': "<% regex('(a*)*c').split('a' * 20000).len() %>",
  'text-search': "{{ ('a' * 1000000 ~ 'b').count('a' * 500000 ~ 'c') }}",
  'text-replace': "<% ('a' * 1000000).replace('a', 'bcdefg').len() %>",
  'text-repeat': "{{ ('x' * 1000000 ~ 'y') * 15 }}",
  'text-join': "{{ (range(400000)|map('string')|join(','))|length }}",
  wordwrap: "{{ ('a ' * 300000)|wordwrap(3)|length }}",
  indent: "{{ ('a\\n' * 300000)|indent(8)|length }}",
  striptags: "{{ ('<a' * 100000)|striptags|length }}",
  urlize: "{{ ('http://a.b ' * 50000)|urlize|length }}",
  'big-power': '<% len(str(pow(7, 200000))) %>',
  'big-product': '{{ ((10 ** 200000) * (10 ** 200000 + 1))|string|length }}',
  'number-text': "{{ ('9' * 300000)|int }}",
  'number-format': "{{ '%d' % (10 ** 100000) }}",
  'format-many': "{{ ('%s' * 200000)|length }}{{ '{}'.format('a' * 1000000)|length }}",
  strptime: "<% range(30000).select(datetime('2026-01-01 10:00:00', '%Y-%m-%d %H:%M:%S')).len() %>",
  sort: '<% range(300000).orderBy(-$).len() %>',
  'sort-strings': "{{ (range(200000)|map('string')|sort|unique|list)|length }}",
  product: '<% range(1500).selectMany(range(1500)).len() %>',
  nested: '<% range(1200).select(range(1200).select($ * 2).sum()).sum() %>',
  'nested-where': '<% let(a => range(1500)) -> $a.where($ in $a.toList()).len() %>',
  distinct: '<% range(4000).select([$]).distinct().len() %>',
  'in-list': '{% set l = range(3000)|list %}{{ l|select("in", l)|list|length }}',
  'jinja-loop':
    '{% for i in range(1000) %}{% for j in range(1000) %}{{ j if j == 0 else "" }}{% endfor %}{% endfor %}{{ 1 }}',
  'jinja-macro': '{% macro f(n) %}{% if n > 0 %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(18) }}',
  'jinja-grow':
    '{% set ns = namespace(a=["x"]) %}{% for i in range(19) %}{% set ns.a = ns.a + ns.a %}{% endfor %}{{ ns.a|length }}',
  'jinja-sum': "{{ (range(60)|map('list')|list) if false else ([[1]] * 6000)|sum(start=[])|length }}",
  'yaql-sum': '<% range(6000).select([$]).sum([]).len() %>',
  'yaql-aggregate': '<% range(6000).aggregate($1 + [$2], []).len() %>',
  'dict-grow': '<% range(5000).aggregate($1.set(str($2), 1), {}).len() %>',
  'dict-merge': '<% range(3000).toDict($, [$]).mergeWith(range(3000).toDict($, [$])).len() %>',
  'zip-permutations': '<% range(2000).zip(range(2000), range(2000)).select($.sum()).sum() %>',
  'deep-list':
    '{% set ns = namespace(a=[]) %}{% for i in range(100000) %}{% set ns.a = [ns.a] %}{% endfor %}{{ ns.a|string|length }}',
  batch: '{{ range(300000)|batch(1)|list|length }}',
  pprint: '{{ (range(50000)|list)|pprint|length }}',
  tojson: '{{ (range(400000)|list)|tojson|length }}',
};

/** One expression after the other; each ends in some way. */
const oneByOne = {
  name: 'uncounted-expressions',
  what: `${Object.keys(KINDS).length} expressions that are costly in ways which take few steps`,
  seconds: 150,
  attack: async (arena) => {
    const ends = {};
    for (const [kind, expression] of Object.entries(KINDS)) {
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
