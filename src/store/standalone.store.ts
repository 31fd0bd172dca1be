import type { ActionRow } from '../core/flow/rows.js';
import { type Column, decodeRow, encodeRow, selectList } from './columns.js';
import { ACTION_COLUMNS } from './row-columns.js';
import { saveStatement } from './save-statement.js';
import type { Statement, Tx } from './tx.js';

/** An action execution that belongs to no execution, locked. */
export interface LockedAction {
  readonly row: ActionRow;
  /** An executor has started it. */
  readonly isClaimed: boolean;
  /** Its lease has ended, and nothing has been heard of the executor since. */
  readonly isLost: boolean;
}

const LOCK: Statement = {
  name: 'standalone:lock',
  text: `SELECT ${selectList(ACTION_COLUMNS, 't')}, t.claimed_by IS NOT NULL AS "isClaimed",
      t.is_lost AND t.claimed_by IS NOT NULL AS "isLost"
    FROM action_executions t WHERE t.id = $1 AND t.execution_id IS NULL FOR NO KEY UPDATE`,
};

const DELETE: Statement = { name: 'standalone:delete', text: 'DELETE FROM action_executions WHERE id = $1' };

/** Action executions on their own, started by the API outside of any workflow. */
export class StandaloneStore {
  /** @param isRun  an executor has to run it */
  async insert(tx: Tx, row: ActionRow, isRun: boolean): Promise<void> {
    await this.#save(tx, { newActions: [{ ...encodeRow(ACTION_COLUMNS, row), flow_version: 0 }] }, row.id, isRun);
  }

  /** Locks it until the end of the transaction. @returns `undefined` when there is none, or it belongs to an execution */
  async lock(tx: Tx, id: string): Promise<LockedAction | undefined> {
    const [found] = await tx.rows<ActionRow & { readonly isClaimed: boolean; readonly isLost: boolean }>(LOCK, [id]);
    if (found === undefined) return undefined;
    const { isClaimed, isLost, ...row } = found;
    return { row: decodeRow<ActionRow>(ACTION_COLUMNS, row), isClaimed, isLost };
  }

  /** @param isRun  an executor has to run it again: whoever had claimed it has no claim any more */
  async update(tx: Tx, row: ActionRow, isRun: boolean): Promise<void> {
    const record = { ...encodeRow(ACTION_COLUMNS, row, isFixed), flow_version: 0, released: isRun };
    await this.#save(tx, { actions: [record] }, row.id, isRun);
  }

  /** Of one that is locked. */
  async delete(tx: Tx, id: string): Promise<void> {
    await tx.rows(DELETE, [id]);
  }

  async #save(tx: Tx, batch: Parameters<typeof saveStatement>[0], id: string, isRun: boolean): Promise<void> {
    const outbox = isRun ? [{ kind: 'run', action_id: id, payload: '{}' }] : [];
    const save = saveStatement({ ...batch, outbox });
    if (save !== undefined) await tx.rowsThenCommit(save.statement, save.values);
  }
}

function isFixed({ change, property }: Column): boolean {
  return change === 'fixed' && property !== 'id';
}
