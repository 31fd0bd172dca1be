/** The part of the API that the demo uses, over HTTP as any client would. */
export class DemoClient {
  constructor(readonly url: string) {}

  async upload(yaml: string): Promise<readonly string[]> {
    const { workflows } = await this.call<{ workflows: { name: string }[] }>(
      'POST',
      '/v2/workflows',
      yaml,
      'text/plain',
    );
    return workflows.map(({ name }) => name);
  }

  async start(workflowName: string, input: object): Promise<string> {
    const body = JSON.stringify({ workflow_name: workflowName, input });
    return (await this.call<{ id: string }>('POST', '/v2/executions', body)).id;
  }

  async execution(id: string): Promise<ExecutionView> {
    return this.call('GET', `/v2/executions/${id}`);
  }

  async tasks(id: string): Promise<readonly TaskView[]> {
    const { tasks } = await this.call<{ tasks: Omit<TaskView, 'done'>[] }>('GET', `/v2/executions/${id}/tasks`);
    return Promise.all(tasks.map(async (task) => ({ ...task, done: await this.doneItems(task) })));
  }

  /** How many items of a with-items task have ended. */
  private async doneItems(task: Omit<TaskView, 'done'>): Promise<number> {
    if (itemsOf(task) === 0) return 0;
    const kind = task.type === 'WORKFLOW' ? 'workflow_executions' : 'action_executions';
    const answer = await this.call<Record<string, { state: string }[]>>('GET', `/v2/tasks/${task.id}/${kind}`);
    return Object.values(answer)
      .flat()
      .filter(({ state }) => state !== 'RUNNING').length;
  }

  private async call<Answer>(method: string, path: string, body?: string, type = 'application/json'): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      body,
      headers: body === undefined ? {} : { 'content-type': type },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  }
}

export interface ExecutionView {
  readonly state: string;
  readonly state_info: string | null;
  readonly output: string;
}

export interface TaskView {
  readonly id: string;
  readonly name: string;
  readonly type: 'ACTION' | 'WORKFLOW';
  readonly state: string;
  readonly state_info: string | null;
  readonly runtime_context: string;
  readonly done: number;
}

/** Items of a with-items task; 0 for others. */
export function itemsOf(task: Pick<TaskView, 'runtime_context'>): number {
  const context = JSON.parse(task.runtime_context) as { with_items?: { count: number } };
  return context.with_items?.count ?? 0;
}
