import { pathOf, type ServiceClient } from './service-client.js';

interface ReportRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string | null;
  readonly state: string;
  readonly state_info: string | null;
}

/** An execution in a report, with all that it has started. */
export interface ReportExecution extends ReportRow {
  readonly task_executions: readonly ReportTask[];
}

export interface ReportTask extends ReportRow {
  readonly workflow_executions: readonly ReportExecution[];
  readonly action_executions: readonly ReportAction[];
}

export interface ReportAction extends ReportRow {
  /** False for an attempt that a later one has replaced. */
  readonly accepted: boolean;
}

export const FINAL_STATES: readonly string[] = ['SUCCESS', 'ERROR', 'CANCELLED', 'SKIPPED'];

/** The tree of what an execution has started so far. */
export async function fetchReport(client: ServiceClient, id: string): Promise<ReportExecution> {
  const query = { max_depth: -1 };
  type Answer = { readonly root_workflow_execution: ReportExecution };
  return (await client.get<Answer>(pathOf('executions', id, 'report'), query)).root_workflow_execution;
}

/** How many items a with-items task has; 0 for other tasks. */
export async function fetchItemCount(client: ServiceClient, taskId: string): Promise<number> {
  const query = { fields: 'id,runtime_context' };
  const { runtime_context } = await client.get<{ runtime_context: string | null }>(pathOf('tasks', taskId), query);
  const context = JSON.parse(runtime_context ?? '{}') as { with_items?: { count?: number } };
  return context.with_items?.count ?? 0;
}
