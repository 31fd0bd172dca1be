import { type ActionOutcome, type ActionRow, isFinal, type NewStandalone } from '../core/flow/index.js';
import { parseJson } from '../core/shared/index.js';
import { type Column, decodeRow, encodeRow, selectList } from './columns.js';
import { ACTION_COLUMNS, TIMER_COLUMNS } from './row-columns.js';
import { saveStatement } from './save-statement.js';
import type { Statement, Tx } from './tx.js';

/** An action execution that belongs to no execution, locked. */
export interface LockedAction {
  readonly row: ActionRow;
  /** An executor has started it. */
  readonly isClaimed: boolean;
  /** Its lease has ended, and nothing has been heard of the executor since. */
  readonly isLost: boolean;
  /** How it will end when its timer fires; `undefined` when none is set. */
  readonly awaited: ActionOutcome | undefined;
}

const LOCK: Statement = {
  name: 'standalone:lock',
  text: `SELECT ${selectList(ACTION_COLUMNS, 't')}, t.claimed_by IS NOT NULL AS "isClaimed",
      t.is_lost AND t.claimed_by IS NOT NULL AS "isLost",
      (SELECT w.payload FROM timers w WHERE w.id = t.id) AS "timerPayload"
    FROM action_executions t WHERE t.id = $1 AND t.execution_id IS NULL FOR NO KEY UPDATE`,
};

const DELETE: Statement = { name: 'standalone:delete', text: 'DELETE FROM action_executions WHERE id = $1' };

type LockedText = ActionRow & Pick<LockedAction, 'isClaimed' | 'isLost'> & { readonly timerPayload: string | null };

/** Action executions on their own, started by the API outside of any workflow. */
export class StandaloneStore {
  /** @param isRun  an executor has to run it */
  async insert(tx: Tx, { row, timer }: NewStandalone, isRun: boolean): Promise<void> {
    const timersSet = timer === undefined ? [] : [{ ...encodeRow(TIMER_COLUMNS, timer), flow_version: 0 }];
    const newActions = [{ ...encodeRow(ACTION_COLUMNS, row), flow_version: 0 }];
    await this.#save(tx, { newActions, timersSet }, row, isRun);
  }

  /** Locks it until the end of the transaction. @returns `undefined` when there is none, or it belongs to an execution */
  async lock(tx: Tx, id: string): Promise<LockedAction | undefined> {
    const [found] = await tx.rows<LockedText>(LOCK, [id]);
    if (found === undefined) return undefined;
    const { isClaimed, isLost, timerPayload, ...row } = found;
    const awaited = timerPayload === null ? undefined : parseJson(timerPayload, { allowNaN: true });
    return {
      row: decodeRow<ActionRow>(ACTION_COLUMNS, row),
      isClaimed,
      isLost,
      awaited: awaited as unknown as ActionOutcome | undefined,
    };
  }

  /** @param isRun  an executor has to run it again: whoever had claimed it has no claim any more */
  async update(tx: Tx, row: ActionRow, isRun: boolean): Promise<void> {
    const record = { ...encodeRow(ACTION_COLUMNS, row, isFixed), flow_version: 0, released: isRun };
    const timersGone = row.dispatch === 'timer' && isFinal(row.state) ? [row.id] : [];
    await this.#save(tx, { actions: [record], timersGone }, row, isRun);
  }

  /** Of one that is locked. */
  async delete(tx: Tx, id: string): Promise<void> {
    await tx.rows(DELETE, [id]);
  }

  async #save(tx: Tx, batch: Parameters<typeof saveStatement>[0], row: ActionRow, isRun: boolean): Promise<void> {
    const outbox = isRun ? [{ kind: 'run', action_id: row.id, run_for: row.projectId, payload: '{}' }] : [];
    const save = saveStatement({ ...batch, outbox });
    if (save !== undefined) await tx.rowsThenCommit(save.statement, save.values);
  }
}

function isFixed({ change, property }: Column): boolean {
  return change === 'fixed' && property !== 'id';
}
