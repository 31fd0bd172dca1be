import { COSTLY_ANYWHERE, quoted } from './yaml.mjs';

const E = quoted(COSTLY_ANYWHERE);
const TRUE = quoted(COSTLY_ANYWHERE.replace('}}', ' > 0 }}'));
const SECOND = quoted(COSTLY_ANYWHERE.replace('}}', '// 1000000 }}'));
const NAME = (name) => quoted(COSTLY_ANYWHERE.replace('{{', `{{ '${name}' if`).replace('}}', " else '' }}"));

const workflow = (text) => `version: '2.0'\nplaced:\n${text}`;
const task = (text) => workflow(`  tasks:\n    t: {${text}}\n    u: {action: std.noop}\n`);

/** One costly expression at each place where one may stand; the workflow is `placed`. */
export const PLACED = {
  vars: workflow(`  vars: {x: ${E}}\n  tasks: {t: {action: std.noop}}\n`),
  output: workflow(`  output: {x: ${E}}\n  tasks: {t: {action: std.noop}}\n`),
  'output-on-error': workflow(`  output-on-error: {x: ${E}}\n  tasks: {t: {action: std.fail}}\n`),
  input: task(`action: std.echo, input: {output: ${E}}`),
  'input-whole': task(
    `action: std.echo, input: ${quoted(COSTLY_ANYWHERE.replace('{{', "{{ {'output': ").replace('}}', '} }}'))}`,
  ),
  'with-items': task(
    `with-items: ${quoted(`i in ${COSTLY_ANYWHERE.replace('{{', '{{ [').replace('}}', '] }}')}`)}, action: std.noop`,
  ),
  publish: task(`action: std.noop, publish: {x: ${E}}`),
  'publish-on-error': task(`action: std.fail, publish-on-error: {x: ${E}}, on-error: u`),
  'publish-global': task(`action: std.noop, on-success: {publish: {global: {x: ${E}}}, next: [u]}`),
  'publish-branch': task(`action: std.noop, on-complete: {publish: {branch: {x: ${E}}}, next: [u]}`),
  guard: task(`action: std.noop, on-success: [{u: ${TRUE}}]`),
  'guard-on-error': task(`action: std.fail, on-error: [{u: ${TRUE}}]`),
  'fail-message': task(`action: std.noop, on-success: [${quoted(`fail(msg="${COSTLY_ANYWHERE}" )`)}]`),
  'succeed-message': task(`action: std.noop, on-success: [${quoted(`succeed(msg="${COSTLY_ANYWHERE}" )`)}]`),
  'retry-count': task(`action: std.fail, retry: {count: ${SECOND}, delay: 0}, on-error: u`),
  'retry-delay': task(`action: std.fail, retry: {count: 1, delay: ${SECOND}}, on-error: u`),
  'retry-break-on': task(`action: std.fail, retry: {count: 3, delay: 0, break-on: ${TRUE}}, on-error: u`),
  'retry-continue-on': task(`action: std.noop, retry: {count: 2, delay: 0, continue-on: ${TRUE}}, on-error: u`),
  'wait-before': task(`action: std.noop, wait-before: ${SECOND}`),
  'wait-after': task(`action: std.noop, wait-after: ${SECOND}`),
  timeout: task(`action: std.noop, timeout: ${E}`),
  concurrency: task(`with-items: i in <% range(3) %>, action: std.noop, concurrency: ${SECOND}`),
  'pause-before': task(`action: std.noop, pause-before: ${quoted(COSTLY_ANYWHERE.replace('}}', ' < 0 }}'))}`),
  'fail-on': task(`action: std.noop, fail-on: ${TRUE}, on-error: u`),
  target: task(
    `action: std.noop, target: ${quoted(COSTLY_ANYWHERE.replace('}}', '|string|truncate(0, True, "") }}'))}`,
  ),
  'keep-result': task(`action: std.noop, keep-result: ${TRUE}`),
  'safe-rerun': task(`action: std.noop, safe-rerun: ${TRUE}`),
  'action-name': task(`action: ${NAME('std.noop')}`),
  'workflow-name': task(`workflow: ${NAME('bystander')}, input: {url: x}, on-error: u`),
  'one-line': task(`action: ${quoted(`std.echo output=${COSTLY_ANYWHERE}`)}`),
  'task-defaults': workflow(
    `  task-defaults: {wait-before: ${SECOND}, fail-on: ${TRUE}, on-error: u}\n  tasks: {t: {action: std.noop}, u: {action: std.noop}}\n`,
  ),
  'inside-lists': task(`action: std.echo, input: {output: [{a: [${E}, ${E}]}]}`),
  'base-input': task('action: costly_input'),
  'base-output': task('action: costly_output'),
  'base-name': task('action: costly_name'),
};

/** Ad-hoc actions with a costly part. */
export const ACTIONS = `version: '2.0'
costly_input: {base: std.echo, base-input: {output: ${E}}}
costly_output: {base: std.noop, output: ${E}}
costly_name: {base: ${quoted(`std.echo output=${COSTLY_ANYWHERE}`)}}
`;

/** Starts that come with expressions of their own. */
const STARTS = {
  environment: async (arena) => {
    const params = { env: { x: COSTLY_ANYWHERE } };
    return (await arena.ended(await arena.start('nothing', {}, params))).state;
  },
  'saved-environment': async (arena) => {
    await arena.done('POST', '/environments', { name: 'costly', variables: { x: COSTLY_ANYWHERE } });
    return (await arena.ended(await arena.start('nothing', {}, { env: 'costly' }))).state;
  },
  'action-on-its-own': (arena) => onItsOwn(arena, 'costly_input'),
  'output-on-its-own': (arena) => onItsOwn(arena, 'costly_output'),
  'cron-trigger': async (arena) => {
    const trigger = { name: 'c', workflow_name: 'nothing', pattern: '* * * * * *', remaining_executions: 1 };
    await arena.done('POST', '/cron_triggers', { ...trigger, workflow_params: { env: { cron: COSTLY_ANYWHERE } } });
    await arena.whenever(async () => {
      const { json } = await arena.send('GET', '/executions?params=has:cron&state=SUCCESS&fields=id');
      return json.executions?.length > 0 || json.faultstring;
    });
    return 'SUCCESS';
  },
};

async function onItsOwn(arena, name) {
  const { json, status } = await arena.send('POST', '/action_executions', { name });
  return `${status} ${json?.state}`;
}

export const PLACES_OF_EXPRESSIONS = [
  {
    name: 'expressions-everywhere',
    what: `an expression of some 1.2 s in each of ${Object.keys(PLACED).length + Object.keys(STARTS).length} places`,
    seconds: 240,
    attack: async (arena) => {
      await arena.done('POST', '/actions', ACTIONS);
      await arena.define(`version: '2.0'\nnothing:\n  tasks: {t: {action: std.noop}}\n`);
      const ends = [];
      const note = (place, end) => {
        ends.push(`${place} ${end.split(' ')[0]}`);
        if (process.env.ISOLATION_VERBOSE) console.log(place, end);
      };
      for (const [place, yaml] of Object.entries(PLACED)) {
        arena.mark(place);
        note(place, await arena.run(yaml.replace('placed', `in-${place}`), `in-${place}`));
      }
      for (const [place, start] of Object.entries(STARTS)) {
        arena.mark(place);
        note(place, await start(arena));
      }
      return ends.join(', ');
    },
  },
];
