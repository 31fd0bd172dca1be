import { together, Unexpected } from '../arena.mjs';
import { silence } from '../local-servers.mjs';
import { lines, oneTask } from './yaml.mjs';
import { makeExecutions } from './rows.mjs';

const QUICK = oneTask('quick', 'action: std.noop');
const ROWS = 100_000;

async function total(arena, query) {
  const { headers } = await arena.send('GET', `/executions?limit=1&fields=id&count=true&${query}`);
  return Number(headers['x-total-count']);
}

export const MANY = [
  {
    name: 'bulk-of-100000',
    what: 'bulk stop and delete of 10,000 out of 100,000 executions, four requests at a time',
    seconds: 120,
    attack: async (arena) => {
      await arena.define(QUICK);
      await makeExecutions(arena, ROWS);
      for (const [action, more] of [
        ['stop', {}],
        ['delete', { force: true }],
      ]) {
        arena.mark(action);
        await together(4, Array.from({ length: 10 }), () =>
          arena.done('POST', '/executions/bulk', { action, filter: { workflow_name: 'made' }, limit: 1000, ...more }),
        );
      }
      arena.mark('dry run');
      await together(8, Array.from({ length: 40 }), () =>
        arena.done('POST', '/executions/bulk', { action: 'stop', filter: {}, dry_run: true }),
      );
      return 'stopped, deleted';
    },
  },
  {
    name: 'filters-over-100000',
    what: 'filters that no index helps, over 100,000 executions, sixteen at a time',
    seconds: 90,
    attack: async (arena) => {
      await arena.define(QUICK);
      await makeExecutions(arena, ROWS);
      const queries = [
        'description=has:nothing',
        'count=true&description=has:n',
        'tags=nothing',
        'input=has:nothing',
        'count=true',
        'state_info=has:zz&sort_keys=state_info',
        'sort_keys=description',
        'sort_keys=input&limit=1000',
        'params=has:x&output=has:y',
      ];
      const answers = [];
      for (const query of queries) {
        arena.mark(query);
        const statuses = new Set();
        await together(16, Array.from({ length: 48 }), async () => {
          statuses.add((await arena.send('GET', `/executions?${query}`)).status);
        });
        answers.push(`${query} ${[...statuses].join('/')}`);
      }
      return answers.join(', ');
    },
  },
  {
    name: 'starts-3000',
    what: '3,000 starts as fast as 32 clients can',
    seconds: 60,
    attack: async (arena) => {
      await arena.define(QUICK);
      await together(32, Array.from({ length: 3000 }), () => arena.start('quick'));
      await arena.whenever(async () => (await total(arena, 'workflow_name=quick&state=SUCCESS')) === 3000);
      return '3,000 × SUCCESS';
    },
  },
  {
    name: 'timers-10000-at-once',
    what: '100 executions of 100 tasks whose wait-before ends at the same time',
    seconds: 90,
    attack: async (arena) => {
      await arena.define(
        `version: '2.0'\ntimed:\n  tasks:\n${lines(100, (i) => `    t${i}: {action: std.noop, wait-before: 8}\n`)}`,
      );
      await together(16, Array.from({ length: 100 }), () => arena.start('timed'));
      arena.mark('due');
      await arena.whenever(async () => (await total(arena, 'workflow_name=timed&state=SUCCESS')) === 100);
      return '100 × SUCCESS';
    },
  },
  {
    name: 'cron-1000',
    what: '1,000 cron triggers, each second',
    seconds: 90,
    attack: async (arena) => {
      await arena.define(QUICK);
      await together(
        16,
        Array.from({ length: 1000 }, (_, i) => i),
        (i) =>
          arena.done('POST', '/cron_triggers', {
            name: `c${i}`,
            workflow_name: 'quick',
            pattern: '* * * * * *',
            remaining_executions: 3,
          }),
      );
      arena.mark('due');
      await arena.whenever(async () => (await total(arena, 'workflow_name=quick&state=SUCCESS')) >= 3000, 500);
      return '3,000 × SUCCESS';
    },
  },
  {
    name: 'dead-webhook-1000',
    what: '1,000 executions that notify a webhook which never answers',
    seconds: 60,
    attack: async (arena) => {
      const server = await silence();
      try {
        await arena.define(QUICK);
        const notify = [{ type: 'webhook', url: server.url }];
        await together(16, Array.from({ length: 1000 }), () => arena.start('quick', {}, { notify }));
        await arena.whenever(async () => (await total(arena, 'workflow_name=quick&state=SUCCESS')) === 1000);
        await arena.pause(10);
        return '1,000 × SUCCESS';
      } finally {
        server.stop();
      }
    },
  },
  {
    name: 'dead-webhook-loud',
    what: 'an execution of 5,000 tasks that tells such a webhook of each',
    seconds: 60,
    attack: async (arena) => {
      const server = await silence();
      try {
        const yaml =
          oneTask('loud', "with-items: 'i in <% range(5000) %>'\nworkflow: quiet") +
          'quiet:\n  tasks: {t: {action: std.noop}}\n';
        return await arena.runsTo('SUCCESS', yaml, 'loud', {}, { notify: [{ type: 'webhook', url: server.url }] });
      } finally {
        server.stop();
      }
    },
  },
  {
    name: 'one-execution-told-2000',
    what: '2,000 requests to the same execution: pause, resume, description',
    seconds: 60,
    attack: async (arena) => {
      await arena.define(oneTask('asked', "with-items: 'i in <% range(2000) %>'\naction: std.async_noop"));
      const id = await arena.start('asked');
      const statuses = new Set();
      await together(
        32,
        Array.from({ length: 2000 }, (_, i) => i),
        async (i) => {
          const body = [{ state: 'PAUSED' }, { state: 'RUNNING' }, { description: `d${i}` }][i % 3];
          const { status } = await arena.send('PUT', `/executions/${id}`, body);
          statuses.add(status);
          if (status >= 500) throw new Unexpected(`status ${status}`);
        },
      );
      return [...statuses].join(', ');
    },
  },
  {
    name: 'standalone-actions-2000',
    what: '2,000 actions run on their own, 32 at a time',
    seconds: 60,
    attack: async (arena) => {
      const statuses = new Set();
      await together(32, Array.from({ length: 2000 }), async () => {
        const body = { name: 'std.echo', input: { output: 'x'.repeat(10_000) } };
        statuses.add((await arena.send('POST', '/action_executions', body)).status);
      });
      return [...statuses].join(', ');
    },
  },
  {
    name: 'versions-2000',
    what: 'a workflow updated 2,000 times, eight at a time',
    seconds: 60,
    attack: async (arena) => {
      await arena.define(QUICK);
      await together(
        8,
        Array.from({ length: 2000 }, (_, i) => i),
        (i) => arena.send('PUT', '/workflows', oneTask('quick', `action: std.noop\ndescription: d${i}`)),
      );
      return 'updated';
    },
  },
];
