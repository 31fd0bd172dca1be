import { Unexpected } from '../arena.mjs';
import { oneTask } from './yaml.mjs';

const BOMB = `version: '2.0'
bomb:
  tasks:
    left: {workflow: bomb}
    right: {workflow: bomb}
`;

const tree = (name, leaf, branches, leaves) => `version: '2.0'
${name}:
  tasks: {t: {with-items: 'i in <% range(${branches}) %>', workflow: ${name}_branch}}
${name}_branch:
  tasks: {t: {with-items: 'i in <% range(${leaves}) %>', workflow: ${name}_leaf}}
${name}_leaf:
  tasks: {t: {action: ${leaf}}}
`;

async function countOf(arena, query) {
  const { headers } = await arena.send('GET', `/executions?limit=1&fields=id&count=true&${query}`);
  return Number(headers['x-total-count']);
}

async function runningOf(arena, name) {
  const { json } = await arena.send('GET', `/executions?limit=1&state=RUNNING&workflow_name=${name}&fields=id`);
  return json.executions.length;
}

export const TREES = [
  {
    name: 'starts-itself-twice',
    what: 'a workflow that starts itself twice, cancelled after 20 s',
    seconds: 60,
    attack: async (arena) => {
      await arena.define(BOMB);
      const id = await arena.start('bomb');
      await arena.pause(20);
      arena.mark('cancel');
      await arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' });
      const { state } = await arena.ended(id, ['CANCELLED', 'ERROR']);
      await arena.whenever(async () => (await runningOf(arena, 'bomb')) === 0);
      return `${state}, nothing is left running`;
    },
  },
  {
    name: 'starts-itself-to-the-end',
    what: 'a workflow that starts itself twice, until it is told that it is enough',
    seconds: 400,
    attack: async (arena) => {
      await arena.define(BOMB);
      const id = await arena.start('bomb');
      const { state, state_info } = await arena.ended(id);
      await arena.whenever(async () => (await runningOf(arena, 'bomb')) === 0);
      return `${state} ${state_info?.slice(0, 100)}`;
    },
  },
  {
    name: 'starts-itself-once',
    what: 'a workflow that starts itself, again and again',
    seconds: 60,
    attack: (arena) => arena.runsTo('ERROR', oneTask('abyss', 'workflow: abyss'), 'abyss'),
  },
  {
    name: 'starts-itself-on-error',
    what: 'a workflow that starts itself when that has failed',
    seconds: 60,
    attack: async (arena) => {
      await arena.define(`version: '2.0'
stubborn:
  tasks:
    a: {workflow: stubborn, on-error: b}
    b: {workflow: stubborn, on-error: c}
    c: {action: std.fail}
`);
      const id = await arena.start('stubborn');
      await arena.pause(20);
      await arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' });
      await arena.whenever(async () => (await runningOf(arena, 'stubborn')) === 0);
      return (await arena.ended(id)).state;
    },
  },
  {
    name: 'sub-workflows-10000',
    what: 'with-items of 10,000 sub-workflows, then deleted',
    seconds: 120,
    attack: async (arena) => {
      await arena.define(
        `${oneTask('wide_tree', "with-items: 'i in <% range(10000) %>'\nworkflow: leaf")}leaf:\n  tasks: {t: {action: std.noop}}\n`,
      );
      const id = await arena.start('wide_tree');
      const { state } = await arena.ended(id, ['SUCCESS']);
      arena.mark('delete');
      await arena.done('DELETE', `/executions/${id}`);
      return `${state}, deleted`;
    },
  },
  {
    name: 'tree-of-20000-cancelled',
    what: 'a tree of 20,000 executions that wait, cancelled',
    seconds: 180,
    attack: async (arena) => {
      await arena.define(tree('waiting', 'std.async_noop', 100, 200));
      const id = await arena.start('waiting');
      await arena.whenever(async () => (await countOf(arena, 'workflow_name=waiting_leaf')) >= 20_000, 1000);
      arena.mark('cancel');
      await arena.done('PUT', `/executions/${id}`, { state: 'CANCELLED' });
      await arena.whenever(async () => (await runningOf(arena, 'waiting_leaf')) === 0, 500);
      arena.mark('delete');
      await arena.done('DELETE', `/executions/${id}`);
      const left = await countOf(arena, 'workflow_name=waiting_leaf');
      if (left > 0) throw new Unexpected(`${left} leaves are left after the delete`);
      return 'CANCELLED, deleted';
    },
  },
  {
    name: 'tree-of-5000-paused',
    what: 'a tree of 5,000 that wait, paused and resumed three times, deleted while it runs',
    seconds: 120,
    attack: async (arena) => {
      await arena.define(tree('pausing', 'std.async_noop', 50, 100));
      const id = await arena.start('pausing');
      await arena.whenever(async () => (await countOf(arena, 'workflow_name=pausing_leaf')) >= 5000, 500);
      for (let round = 0; round < 3; round++) {
        for (const state of ['PAUSED', 'RUNNING']) {
          arena.mark(state);
          await arena.done('PUT', `/executions/${id}`, { state });
          await arena.ended(id, [state]);
        }
      }
      arena.mark('delete');
      await arena.done('DELETE', `/executions/${id}?force=true`);
      await arena.whenever(async () => (await countOf(arena, 'workflow_name=pausing_leaf')) === 0);
      return 'paused, resumed, deleted';
    },
  },
];
