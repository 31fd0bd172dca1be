import type { Statement, Tx } from './tx.js';

const LOCK: Statement = { name: 'definitions:lock', text: 'SELECT FROM definitions_epoch FOR NO KEY UPDATE' };

/**
 * Waits for whoever is writing definitions and keeps others from it until the end of the transaction, so that what is read
 * now is still so when it is written. To be called first: all writers queue here before they lock anything else.
 */
export async function lockDefinitions(tx: Tx): Promise<void> {
  await tx.rows(LOCK);
}
