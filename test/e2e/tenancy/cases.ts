import type { Request } from './projects.js';
import { actionText, type Names, STRANGER, workbookText, workflowText } from './world.js';

/** Requests of a route that name things of somebody. */
export type Case = (names: Names) => readonly Request[];

const at = (...paths: readonly string[]): readonly Request[] => paths.map((path) => ({ path }));
const ALL = '?count=true&limit=1000';
/** A word that makes new texts for old names. */
const wordOf = (name: string): string => name.slice(0, name.lastIndexOf('_'));

const definitions: Readonly<Record<string, Case>> = {
  'GET /v2/workflows': (n) => at(`/v2/workflows${ALL}`, `/v2/workflows?name=${n.workflowName}`),
  'POST /v2/workflows': (n) => [{ path: '/v2/workflows', text: workflowText(wordOf(n.workflowName)) }],
  'PUT /v2/workflows': (n) => [{ path: '/v2/workflows', text: workflowText(wordOf(n.workflowName)) }],
  'GET /v2/workflows/{identifier}': (n) => at(`/v2/workflows/${n.workflow}`, `/v2/workflows/${n.workflowName}`),
  'PUT /v2/workflows/{identifier}': (n) =>
    [n.workflow, n.workflowName].map((identifier) => ({
      path: `/v2/workflows/${identifier}`,
      text: `version: '2.0'\nmine: {tasks: {t: {action: std.noop}}}\n`,
    })),
  'DELETE /v2/workflows/{identifier}': (n) => at(`/v2/workflows/${n.workflow}`, `/v2/workflows/${n.workflowName}`),
  'POST /v2/workflows/validate': () => [{ path: '/v2/workflows/validate', text: workflowText('any') }],
  'GET /v2/workflows/{identifier}/versions': (n) =>
    at(`/v2/workflows/${n.workflow}/versions?count=true`, `/v2/workflows/${n.workflowName}/versions`),
  'GET /v2/workflows/{identifier}/versions/{version}': (n) =>
    at(`/v2/workflows/${n.workflow}/versions/1`, `/v2/workflows/${n.workflowName}/versions/1`),
  'GET /v2/actions': (n) => at(`/v2/actions${ALL}`, `/v2/actions?name=${n.actionName}`, '/v2/actions?is_system=false'),
  'POST /v2/actions': (n) => [{ path: '/v2/actions', text: actionText(wordOf(n.actionName)) }],
  'PUT /v2/actions': (n) => [{ path: '/v2/actions', text: actionText(wordOf(n.actionName)) }],
  'GET /v2/actions/{name}': (n) => at(`/v2/actions/${n.actionName}`, `/v2/actions/${n.dynamicActionName}`),
  'POST /v2/actions/validate': () => [{ path: '/v2/actions/validate', text: actionText('any') }],
  'PUT /v2/actions/{identifier}': (n) =>
    [n.action, n.actionName].map((identifier) => ({ path: `/v2/actions/${identifier}`, text: actionText('mine') })),
  'DELETE /v2/actions/{identifier}': (n) => at(`/v2/actions/${n.action}`, `/v2/actions/${n.actionName}`),
  'GET /v2/workbooks': (n) => at(`/v2/workbooks${ALL}`, `/v2/workbooks?name=${n.workbookName}`),
  'POST /v2/workbooks': (n) => [{ path: '/v2/workbooks', text: workbookText(wordOf(n.workbookName)) }],
  'PUT /v2/workbooks': (n) => [{ path: '/v2/workbooks', text: workbookText(wordOf(n.workbookName)) }],
  'GET /v2/workbooks/{name}': (n) => at(`/v2/workbooks/${n.workbookName}`),
  'DELETE /v2/workbooks/{name}': (n) => at(`/v2/workbooks/${n.workbookName}`),
  'POST /v2/workbooks/validate': () => [{ path: '/v2/workbooks/validate', text: workbookText('any') }],
  'GET /v2/environments': (n) => at(`/v2/environments${ALL}`, `/v2/environments?name=${n.environmentName}`),
  'POST /v2/environments': (n) => [{ path: '/v2/environments', json: { name: n.environmentName, variables: {} } }],
  'PUT /v2/environments': (n) => [{ path: '/v2/environments', json: { name: n.environmentName, variables: { a: 1 } } }],
  'GET /v2/environments/{name}': (n) => at(`/v2/environments/${n.environmentName}`),
  'DELETE /v2/environments/{name}': (n) => at(`/v2/environments/${n.environmentName}`),
};

const code: Readonly<Record<string, Case>> = {
  'GET /v2/code_sources': () => at(`/v2/code_sources${ALL}`),
  'POST /v2/code_sources': (n) => [{ path: `/v2/code_sources?name=${n.codeSourceName}`, text: 'mine' }],
  'PUT /v2/code_sources': (n) => [{ path: `/v2/code_sources?identifier=${n.codeSource}`, text: 'mine' }],
  'GET /v2/code_sources/{identifier}': (n) => at(`/v2/code_sources/${n.codeSource}`),
  'PUT /v2/code_sources/{identifier}': (n) => [{ path: `/v2/code_sources/${n.codeSourceName}`, text: 'mine' }],
  'DELETE /v2/code_sources/{identifier}': (n) => at(`/v2/code_sources/${n.codeSource}`),
  'GET /v2/dynamic_actions': () => at(`/v2/dynamic_actions${ALL}`),
  'POST /v2/dynamic_actions': (n) => [
    { path: '/v2/dynamic_actions', json: { name: 'mine', class_name: 'run', code_source_id: n.codeSource } },
  ],
  'PUT /v2/dynamic_actions': (n) => [
    { path: '/v2/dynamic_actions', json: { id: n.dynamicAction, class_name: 'mine' } },
  ],
  'GET /v2/dynamic_actions/{identifier}': (n) => at(`/v2/dynamic_actions/${n.dynamicAction}`),
  'DELETE /v2/dynamic_actions/{identifier}': (n) => at(`/v2/dynamic_actions/${n.dynamicActionName}`),
};

const triggers: Readonly<Record<string, Case>> = {
  'GET /v2/cron_triggers': (n) => at(`/v2/cron_triggers${ALL}`, `/v2/cron_triggers?workflow_id=${n.workflow}`),
  'POST /v2/cron_triggers': (n) => [
    { path: '/v2/cron_triggers', json: { name: 'mine', pattern: '0 0 1 1 *', workflow_id: n.workflow } },
    { path: '/v2/cron_triggers', json: { name: 'mine', pattern: '0 0 1 1 *', workflow_name: n.workflowName } },
  ],
  'GET /v2/cron_triggers/{identifier}': (n) =>
    at(`/v2/cron_triggers/${n.cronTrigger}`, `/v2/cron_triggers/${n.cronTriggerName}`),
  'DELETE /v2/cron_triggers/{identifier}': (n) =>
    at(`/v2/cron_triggers/${n.cronTrigger}`, `/v2/cron_triggers/${n.cronTriggerName}`),
  'GET /v2/event_triggers': (n) => at(`/v2/event_triggers${ALL}`, `/v2/event_triggers?workflow_id=${n.workflow}`),
  'POST /v2/event_triggers': (n) => [
    {
      path: '/v2/event_triggers',
      json: { name: 'mine', workflow_id: n.workflow, exchange: 'e', topic: 't', event: 'mine' },
    },
  ],
  'GET /v2/event_triggers/{id}': (n) => at(`/v2/event_triggers/${n.eventTrigger}`),
  'PUT /v2/event_triggers/{id}': (n) => [{ path: `/v2/event_triggers/${n.eventTrigger}`, json: { name: 'mine' } }],
  'DELETE /v2/event_triggers/{id}': (n) => at(`/v2/event_triggers/${n.eventTrigger}`),
  'GET /v2/workflows/{workflow_id}/members': (n) => at(`/v2/workflows/${n.workflow}/members`),
  'POST /v2/workflows/{workflow_id}/members': (n) => [
    { path: `/v2/workflows/${n.workflow}/members`, json: { member_id: STRANGER.projectId } },
  ],
  'GET /v2/workflows/{workflow_id}/members/{member_id}': (n) =>
    at(`/v2/workflows/${n.workflow}/members/third`, `/v2/workflows/${n.workflow}/members/${STRANGER.projectId}`),
  'PUT /v2/workflows/{workflow_id}/members/{member_id}': (n) =>
    ['third', STRANGER.projectId].map((member) => ({
      path: `/v2/workflows/${n.workflow}/members/${member}`,
      json: { status: 'accepted' },
    })),
  'DELETE /v2/workflows/{workflow_id}/members/{member_id}': (n) => at(`/v2/workflows/${n.workflow}/members/third`),
};

const executions: Readonly<Record<string, Case>> = {
  'GET /v2/executions': (n) =>
    at(
      `/v2/executions${ALL}`,
      `/v2/executions?root_execution_id=${n.execution}`,
      `/v2/executions?root_execution_id=${n.chosenExecution}`,
      `/v2/executions?marker=${n.execution}`,
      '/v2/executions?all_projects=true',
      '/v2/executions?project_id=owner',
    ),
  'POST /v2/executions': (n) => [
    { path: '/v2/executions', json: { workflow_id: n.workflow } },
    { path: '/v2/executions', json: { workflow_name: n.workflowName } },
    { path: '/v2/executions', json: { source_execution_id: n.execution, description: '' } },
    { path: '/v2/executions', json: { workflow_name: 'probe', params: { env: n.environmentName } } },
    { path: '/v2/executions?wait=20', json: { workflow_name: 'probe', input: { id: n.execution } } },
    { path: '/v2/executions?wait=20', json: { workflow_name: 'call', input: { name: n.actionName } } },
    { path: '/v2/executions?wait=20', json: { workflow_name: 'call', input: { name: n.dynamicActionName } } },
    { path: '/v2/executions?wait=20', json: { workflow_name: 'nest', input: { name: n.workflowName } } },
  ],
  'POST /v2/executions/bulk': (n) =>
    [
      { action: 'stop', filter: {} },
      { action: 'delete', filter: { workflow_name: n.workflowName }, force: true },
      { action: 'delete', filter: { workflow_id: n.workflow, nulls: 'root_execution_id' }, force: true },
      { action: 'pause', filter: { root_execution_id: n.chosenExecution }, sub_executions: true },
      { action: 'rerun', filter: { state: 'in:RUNNING,ERROR' }, dry_run: true },
      { action: 'stop', filter: { all_projects: true } },
      { action: 'stop', filter: { project_id: 'owner' } },
    ].map((json) => ({ path: '/v2/executions/bulk', json })),
  'GET /v2/executions/{id}': (n) => at(`/v2/executions/${n.execution}`, `/v2/executions/${n.chosenExecution}`),
  'PUT /v2/executions/{id}': (n) =>
    [
      { state: 'PAUSED' },
      { state: 'CANCELLED', state_info: 'mine' },
      { description: 'mine' },
      { params: { env: { a: 1 } } },
      { state: 'nonsense' },
    ].map((json) => ({ path: `/v2/executions/${n.execution}`, json })),
  'DELETE /v2/executions/{id}': (n) =>
    at(
      `/v2/executions/${n.execution}`,
      `/v2/executions/${n.execution}?force=true`,
      `/v2/executions/${n.chosenExecution}`,
    ),
  ...below('/v2/executions', (n) => n.execution, ['tasks', 'executions', 'report', 'why', 'history', 'events']),
};

const tasks: Readonly<Record<string, Case>> = {
  'GET /v2/tasks': (n) => at(`/v2/tasks${ALL}`, `/v2/tasks?workflow_execution_id=${n.execution}&count=true`),
  'GET /v2/tasks/{id}': (n) => at(`/v2/tasks/${n.task}`),
  'PUT /v2/tasks/{id}': (n) =>
    [{ state: 'RUNNING', reset: true }, { state: 'SKIPPED' }, { state: 'RUNNING', name: 'other', reset: true }].map(
      (json) => ({ path: `/v2/tasks/${n.task}`, json }),
    ),
  'GET /v2/tasks/{id}/action_executions/{actionId}': (n) =>
    at(`/v2/tasks/${n.task}/action_executions/${n.actionExecution}`),
  ...below('/v2/tasks', (n) => n.task, ['action_executions', 'workflow_executions', 'executions']),
  'GET /v2/action_executions': (n) =>
    at(`/v2/action_executions${ALL}`, `/v2/action_executions?task_execution_id=${n.task}&count=true`),
  'POST /v2/action_executions': (n) =>
    [n.actionName, n.dynamicActionName].map((name) => ({ path: '/v2/action_executions', json: { name, input: {} } })),
  'GET /v2/action_executions/{id}': (n) =>
    at(`/v2/action_executions/${n.actionExecution}`, `/v2/action_executions/${n.loneActionExecution}`),
  'PUT /v2/action_executions/{id}': (n) =>
    [n.actionExecution, n.loneActionExecution].flatMap((id) =>
      ['SUCCESS', 'CANCELLED', 'PAUSED', 'nonsense'].map((state) => ({
        path: `/v2/action_executions/${id}`,
        json: { state, output: { result: 'mine' } },
      })),
    ),
  'DELETE /v2/action_executions/{id}': (n) =>
    at(`/v2/action_executions/${n.actionExecution}`, `/v2/action_executions/${n.loneActionExecution}`),
};

const others: Readonly<Record<string, Case>> = {
  'GET /': () => at('/'),
  'GET /v2': () => at('/v2'),
  'GET /healthcheck': () => at('/healthcheck'),
  'GET /info': () => at('/info'),
  'GET /maintenance': () => at('/maintenance'),
  'PUT /maintenance': () => [{ path: '/maintenance', json: { status: 'PAUSED' } }],
};

/** Every route of openapi.json: a route that is not here fails the test. */
export const CASES: Readonly<Record<string, Case>> = {
  ...definitions,
  ...code,
  ...triggers,
  ...executions,
  ...tasks,
  ...others,
};

/** Lists and reports below one thing. */
function below(path: string, idOf: (names: Names) => string, lists: readonly string[]): Readonly<Record<string, Case>> {
  return Object.fromEntries(
    lists.map((list) => [`GET ${path}/{id}/${list}`, (names) => at(`${path}/${idOf(names)}/${list}`)] as const),
  );
}
