import { dictGet, dictHas, isDict, parseJson, stringifyJson } from '../../core/shared/index.js';
import type { Viewer } from '../tenancy.js';
import { column, type Column } from './columns.js';
import { readNames } from './field-values.js';
import type { ReadPool } from './read-pool.js';
import { byId, readRow } from './pages.js';
import { TASKS } from './execution-resources.js';
import { rowJson } from './row-json.js';

const EXTRA: readonly Column[] = [
  // As in Mistral, a skipped task does not show what its on-skip published for all.
  column('published_global', 'json', { sql: `CASE WHEN t.state <> 'SKIPPED' THEN t.published_global END` }),
  column('type', 'text'),
  column('runtime_context', 'text'),
];

/**
 * A task as JSON, with its result.
 * @param fields  comma-separated names; nothing means all
 */
export async function readTask(pool: ReadPool, viewer: Viewer, id: string, fields?: string): Promise<string> {
  const names = readNames(fields ?? '');
  const isWanted = (name: string): boolean => names.length === 0 || name === 'id' || names.includes(name);
  const columns = TASKS.columns.filter((one) => isWanted(one.name));
  const row = await readRow(pool, TASKS, viewer, [...columns, ...EXTRA], byId(id), TASKS.notFound(id));
  const [global = null, type = '', context = '{}'] = row.slice(columns.length);
  const more: (readonly [string, string])[] = [];
  if (isWanted('result')) more.push(['result', JSON.stringify(await resultOf(pool, id, type ?? '', context ?? '{}'))]);
  if (isWanted('published_global') && global !== null && global !== '{}') {
    more.push(['published_global', JSON.stringify(global)]);
  }
  return rowJson(columns, row, more);
}

/** The accepted outcomes of a task's children as JSON text: a list for with-items and for several, else the only one. */
async function resultOf(pool: ReadPool, taskId: string, type: string, runtimeContext: string): Promise<string> {
  const isAction = type === 'ACTION';
  const table = isAction ? 'action_executions' : 'workflow_executions';
  const rows = await pool.rows(
    `SELECT output FROM ${table} WHERE task_execution_id = $1 AND accepted AND state IN ('SUCCESS', 'ERROR', 'CANCELLED') ` +
      'ORDER BY item_index, created_at, id',
    [taskId],
  );
  const results = rows.map(([output]) => (isAction ? actionResult(output ?? '{}') : (output ?? 'null')));
  const [only] = results;
  if (results.length === 1 && only !== undefined && !isWithItems(runtimeContext)) return only;
  return `[${results.join(', ')}]`;
}

/** `output.result` of an action as JSON text, null where the output was emptied. */
function actionResult(output: string): string {
  const value = parseJson(output, { allowNaN: true });
  const result = isDict(value) ? dictGet(value, 'result') : undefined;
  return stringifyJson(result ?? null, { style: 'python' });
}

function isWithItems(runtimeContext: string): boolean {
  const value = parseJson(runtimeContext, { allowNaN: true });
  return isDict(value) && dictHas(value, 'with_items');
}
