import type { Answer, Projects, Request, Sender } from './projects.js';
import { type Names, OWNER, SECRET, STRANGER } from './world.js';

/** Workflows of the stranger, which look around, and run what they are told to. */
const OWN = `version: '2.0'
probe:
  input: [id: '']
  output:
    all: <% executions().len() %>
    one: <% executions($.id).len() %>
    tasks: <% tasks($.id).len() %>
    workflows: <% tasks().workflow_execution_id.distinct().len() %>
  tasks: {t: {action: std.noop}}
call:
  input: [name]
  tasks: {t: {action: <% $.name %>}}
nest:
  input: [name]
  tasks: {t: {workflow: <% $.name %>}}
`;
const TABLES = [
  'cron_triggers',
  'event_triggers',
  'workflow_executions',
  'task_executions',
  'action_executions',
  'workflow_definitions',
  'action_definitions',
  'workbooks',
  'environments',
  'dynamic_actions',
  'code_sources',
  'resource_members',
] as const;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const MADE_UP = /\b[0-9a-f]{32}\b|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g;

/** An answer to the stranger, with names in place of what they stand for. */
export interface Seen {
  readonly answer: Answer;
  /** Status, count and text; equal for requests that can't be told apart. */
  readonly shown: readonly unknown[];
  /** Of what is private, whatever the request did not hold itself. */
  readonly leaks: readonly string[];
}

/** Asks as a stranger, and looks at what has become of the owner's things. */
export class Probe {
  private constructor(
    private readonly projects: Projects,
    private readonly secrets: readonly string[],
    private readonly own: readonly string[],
  ) {}

  /** @param hidden  what the stranger must not learn of */
  static async prepare(projects: Projects, hidden: Names): Promise<Probe> {
    await projects.make(STRANGER, 'POST', { path: '/v2/workflows', text: OWN });
    const ids: string[] = [];
    for (const table of ['workflow_executions', 'task_executions', 'action_executions']) {
      const sql = `SELECT id FROM ${table} WHERE project_id = $1`;
      const { rows } = await projects.database.query<{ id: string }>(sql, [OWNER.projectId]);
      ids.push(...rows.map(({ id }) => id));
    }
    const own = await projects.database.query<{ id: string }>(
      'SELECT id FROM workflow_definitions WHERE project_id = $1',
      [STRANGER.projectId],
    );
    const secrets = [...new Set([SECRET, ...Object.values(hidden), ...ids])];
    return new Probe(
      projects,
      secrets,
      own.rows.map(({ id }) => id),
    );
  }

  /** Sends a request; what it may have made is removed again. */
  async ask(method: string, request: Request, names: Names, sender: Sender = STRANGER): Promise<Seen> {
    const answer = await this.projects.send(sender, method, request);
    if (method !== 'GET') await this.forget();
    const said = JSON.stringify(request);
    const leaks = this.secrets.filter((secret) => !said.includes(secret) && answer.text.includes(secret));
    return { answer, shown: [answer.status, answer.count, anonymous(answer.text, names)], leaks };
  }

  /** All rows of the owner, and all that hang on them. */
  async ownersRows(): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const rows: Record<string, readonly unknown[]> = {};
    for (const table of TABLES) {
      const sql = `SELECT * FROM ${table} WHERE project_id = $1 ORDER BY id`;
      rows[table] = (await this.projects.database.query<object>(sql, [OWNER.projectId])).rows;
    }
    for (const table of ['journal', 'timers', 'outbox']) {
      const sql = `SELECT h.* FROM ${table} h JOIN workflow_executions e ON e.id = h.execution_id
        WHERE e.project_id = $1 ORDER BY h::text`;
      rows[table] = (await this.projects.database.query<object>(sql, [OWNER.projectId])).rows;
    }
    return rows;
  }

  private async forget(): Promise<void> {
    for (const table of TABLES) {
      await this.projects.database.query(`DELETE FROM ${table} WHERE project_id = $1 AND id <> ALL ($2::text[])`, [
        STRANGER.projectId,
        this.own,
      ]);
    }
  }
}

function anonymous(text: string, names: Names): string {
  const word = names.workflowName.replace('_wf', '');
  const known = Object.entries(names).sort(([, a], [, b]) => b.length - a.length);
  const named = known.reduce((shown, [kind, value]) => shown.replaceAll(value, `<${kind}>`), text);
  return named.replaceAll(word, '<word>').replace(UUID, '<id>').replace(MADE_UP, '<made up>');
}
