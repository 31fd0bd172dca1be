import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Something is on its way to the execution `e`. */
export const TOLD = `EXISTS (SELECT FROM outbox o WHERE o.kind = 'tell' AND o.execution_id = e.id)`;
const UNFINISHED_TASK = `state IN ('IDLE', 'WAITING', 'RUNNING', 'DELAYED', 'PAUSED')`;

/** Actions that nothing will end, as they were at first. */
export const WAKEUPS_OF_ACTIONS = `
  SELECT 'action' AS kind, a.id, a.execution_id,
    CASE a.dispatch
      WHEN 'queued' THEN 'neither a run row in the outbox nor a lease'
      ELSE 'no event on its way to the execution' END AS why
  FROM action_executions a LEFT JOIN workflow_executions e ON e.id = a.execution_id
  WHERE a.state = 'RUNNING' AND coalesce(e.state, 'RUNNING') NOT IN ('SUCCESS', 'ERROR', 'CANCELLED')
    AND CASE a.dispatch
      WHEN 'external' THEN false
      WHEN 'queued' THEN a.lease_until IS NULL
        AND NOT EXISTS (SELECT FROM outbox o WHERE o.kind = 'run' AND o.action_id = a.id)
      ELSE NOT ${TOLD} END`;

/** A task that only waits for its actions and sub-workflows, of which none of the current run is under way. */
const NOTHING_UNDER_WAY = `
  NOT EXISTS (SELECT FROM action_executions a
    WHERE a.task_execution_id = t.id AND a.run = t.run AND a.state IN ('RUNNING', 'PAUSED'))
  AND NOT EXISTS (SELECT FROM workflow_executions c
    WHERE c.task_execution_id = t.id AND c.item_run = t.run
      AND c.state NOT IN ('SUCCESS', 'ERROR', 'CANCELLED')
      AND coalesce(c.reported_state, 'RUNNING') NOT IN ('SUCCESS', 'ERROR', 'CANCELLED'))
  AND NOT EXISTS (SELECT FROM outbox o WHERE o.parent_execution_id = t.execution_id AND o.parent_task_id = t.id)`;

const TASKS = `
  SELECT 'task' AS kind, t.id, t.execution_id,
    CASE t.state
      WHEN 'IDLE' THEN 'nothing will start it'
      WHEN 'WAITING' THEN 'no task before it is under way'
      WHEN 'DELAYED' THEN 'no timer'
      ELSE 'no action or sub-workflow under way' END AS why
  FROM task_executions t JOIN workflow_executions e ON e.id = t.execution_id
  WHERE e.state = 'RUNNING' AND t.${UNFINISHED_TASK} AND NOT ${TOLD}
    AND CASE t.state
      WHEN 'IDLE' THEN true
      WHEN 'WAITING' THEN NOT EXISTS (SELECT FROM task_executions b
        WHERE b.execution_id = t.execution_id AND b.state IN ('IDLE', 'RUNNING', 'DELAYED', 'PAUSED'))
      WHEN 'DELAYED' THEN NOT EXISTS (SELECT FROM timers w
        WHERE w.execution_id = t.execution_id AND w.task_execution_id = t.id)
      ELSE ${NOTHING_UNDER_WAY} END`;

const EXECUTIONS = `
  SELECT 'execution' AS kind, e.id, e.id AS execution_id, 'no unfinished task' AS why
  FROM workflow_executions e
  WHERE e.state = 'RUNNING' AND NOT ${TOLD}
    AND NOT EXISTS (SELECT FROM task_executions t WHERE t.execution_id = e.id AND t.${UNFINISHED_TASK})`;

/** All rows without a wake-up, with a part for actions. */
export function withoutWakeup(actions: string): string {
  return `${actions} UNION ALL ${TASKS} UNION ALL ${EXECUTIONS}`;
}

/** The view of them. */
export function wakeupView(actions: string): string {
  return `CREATE OR REPLACE VIEW rows_without_wakeup AS ${withoutWakeup(actions)}`;
}

/** Lists the rows that nothing would ever wake; it is empty unless the engine has a bug. */
export class Wakeups1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(wakeupView(WAKEUPS_OF_ACTIONS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW rows_without_wakeup');
  }
}
