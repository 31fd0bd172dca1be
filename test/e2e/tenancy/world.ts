import { until } from '../../support/until.js';
import type { Projects, Sender } from './projects.js';

export const OWNER: Sender = { projectId: 'owner', isAdmin: false };
export const OWNING_ADMIN: Sender = { projectId: 'owner', isAdmin: true };
export const STRANGER: Sender = { projectId: 'stranger', isAdmin: false };
export const STRANGE_ADMIN: Sender = { projectId: 'stranger', isAdmin: true };

/** Identifiers of one of each kind. */
export type Names = Readonly<Record<Kind, string>>;

type Kind =
  | 'workflow'
  | 'workflowName'
  | 'workbookName'
  | 'action'
  | 'actionName'
  | 'environmentName'
  | 'codeSource'
  | 'codeSourceName'
  | 'dynamicAction'
  | 'dynamicActionName'
  | 'cronTrigger'
  | 'cronTriggerName'
  | 'eventTrigger'
  | 'execution'
  | 'childExecution'
  | 'task'
  | 'actionExecution'
  | 'loneActionExecution'
  /** An execution whose identifier its owner has chosen. */
  | 'chosenExecution';

/** In everything that is private; no answer to a stranger may hold it. */
export const SECRET = 'sesame';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** What nobody has. */
export const UNKNOWN: Names = {
  workflow: uuid(1),
  workflowName: 'unknown_wf',
  workbookName: 'unknown_wb',
  action: uuid(2),
  actionName: 'unknown_action',
  environmentName: 'unknown_env',
  codeSource: uuid(3),
  codeSourceName: 'unknown_source',
  dynamicAction: uuid(4),
  dynamicActionName: 'unknown_dynamic',
  cronTrigger: uuid(5),
  cronTriggerName: 'unknown_cron',
  eventTrigger: uuid(6),
  execution: uuid(7),
  childExecution: uuid(8),
  task: uuid(9),
  actionExecution: uuid(10),
  loneActionExecution: uuid(11),
  chosenExecution: 'unknown_run',
};

/** `word` is in the names; executions run until somebody outside ends them. */
export async function makeThings(projects: Projects, word: string, scope: 'private' | 'public'): Promise<Names> {
  const owner = scope === 'public' ? OWNING_ADMIN : OWNER;
  const definitions = await makeDefinitions(projects, owner, word, scope);
  return { ...definitions, ...(await makeRuns(projects, word, definitions)) };
}

type Runs = 'execution' | 'childExecution' | 'task' | 'actionExecution' | 'loneActionExecution' | 'chosenExecution';

async function makeDefinitions(
  projects: Projects,
  owner: Sender,
  word: string,
  scope: string,
): Promise<Omit<Names, Runs>> {
  const at = `scope=${scope}`;
  const post = <T>(path: string, body: object): Promise<T> => projects.make<T>(owner, 'POST', { path, ...body });
  const { workflows } = await post<{ readonly workflows: readonly { readonly id: string }[] }>(`/v2/workflows?${at}`, {
    text: workflowText(word),
  });
  const { actions } = await post<{ readonly actions: readonly { readonly id: string }[] }>(`/v2/actions?${at}`, {
    text: actionText(word),
  });
  await post(`/v2/workbooks?${at}`, { text: workbookText(word) });
  await post('/v2/environments', { json: { name: `${word}_env`, variables: { word }, scope } });
  const asAdmin = { ...owner, isAdmin: true };
  const codeSource = await projects.make(asAdmin, 'POST', {
    path: `/v2/code_sources?name=${word}_source&${at}`,
    text: `export const run = () => '${word}';`,
  });
  const dynamicAction = await projects.make(asAdmin, 'POST', {
    path: '/v2/dynamic_actions',
    json: { name: `${word}_dynamic`, class_name: 'run', code_source_id: codeSource.id, scope },
  });
  const workflow = workflows[0]?.id ?? '';
  const target = { workflow_id: workflow, workflow_input: { word }, scope };
  const cronTrigger = await post<{ readonly id: string }>('/v2/cron_triggers', {
    json: { name: `${word}_cron`, pattern: '0 0 1 1 *', ...target },
  });
  const eventTrigger = await post<{ readonly id: string }>('/v2/event_triggers', {
    json: { name: `${word}_event`, exchange: word, topic: word, event: word, ...target },
  });
  return {
    workflow,
    workflowName: `${word}_wf`,
    workbookName: `${word}_wb`,
    action: actions[0]?.id ?? '',
    actionName: `${word}_action`,
    environmentName: `${word}_env`,
    codeSource: codeSource.id,
    codeSourceName: `${word}_source`,
    dynamicAction: dynamicAction.id,
    dynamicActionName: `${word}_dynamic`,
    cronTrigger: cronTrigger.id,
    cronTriggerName: `${word}_cron`,
    eventTrigger: eventTrigger.id,
  };
}

async function makeRuns(projects: Projects, word: string, { workflow }: Omit<Names, Runs>): Promise<Pick<Names, Runs>> {
  const start = (more: object): Promise<{ readonly id: string }> =>
    projects.make(OWNER, 'POST', {
      path: '/v2/executions',
      json: { workflow_id: workflow, input: { word }, params: { env: { word } }, description: word, ...more },
    });
  const { id: execution } = await start({});
  await start({ id: `${word}_run` });
  const one = async (table: string, condition: string): Promise<string> => {
    const { rows } = await projects.database.query<{ id: string }>(
      `SELECT id FROM ${table} WHERE ${condition} ORDER BY created_at LIMIT 1`,
      [execution],
    );
    return rows[0]?.id ?? '';
  };
  const children = await until(async () => {
    const id = await one('workflow_executions', 'parent_execution_id = $1');
    return id !== '' && id;
  });
  const lone = await projects.make(OWNER, 'POST', {
    path: '/v2/action_executions',
    json: { name: 'std.async_noop', input: {}, description: word, params: { save_result: true } },
  });
  return {
    execution,
    childExecution: children,
    task: await one('task_executions', `execution_id = $1 AND name = 'ask'`),
    actionExecution: await one('action_executions', `execution_id = $1 AND name = 'std.async_noop'`),
    loneActionExecution: lone.id,
    chosenExecution: `${word}_run`,
  };
}

export function workflowText(word: string): string {
  return `version: '2.0'
${word}_wf:
  description: ${word}
  tags: [${word}]
  input: [word: '']
  tasks:
    ask: {action: std.async_noop, tags: [${word}]}
    fail: {action: std.fail, on-error: after}
    after: {action: std.echo output=${word}, publish: {word: ${word}}, publish-on-error: {word: ${word}}}
    child: {workflow: ${word}_child}
${word}_child:
  input: [word: ${word}]
  tasks:
    wait: {action: std.async_noop}
`;
}

export function actionText(word: string): string {
  return `version: '2.0'\n${word}_action: {base: std.echo, base-input: {output: ${word}}, tags: [${word}]}\n`;
}

export function workbookText(word: string): string {
  return `version: '2.0'\nname: ${word}_wb\ntags: [${word}]\nworkflows:\n  wf: {tasks: {t: {action: std.noop}}}\n`;
}
