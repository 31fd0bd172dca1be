import { MistralError } from '../core/shared/index.js';
import { lockDefinitions, tagOf, type Tx } from '../store/index.js';

/** Tags of which a definition must have one to be changed, e.g. `['23b159d6-….3']`; undefined when any will do. */
export type ExpectedTags = readonly string[] | undefined;

/** The definition is not what the caller thinks it is. */
export class PreconditionError extends MistralError {
  readonly code = 'PRECONDITION_FAILED';
  readonly status = 412;
}

/** To be called before the definition is read: with a precondition nobody may change it between reading and writing. */
export async function holdStill(tx: Tx, ifMatch: ExpectedTags): Promise<void> {
  if (ifMatch !== undefined) await lockDefinitions(tx);
}

/** The row, if it is the one that the caller has seen. @throws {PreconditionError} */
export function matching<Row extends { readonly id: string; readonly version: number }>(
  row: Row,
  ifMatch: ExpectedTags,
): Row {
  const tag = tagOf(row);
  if (ifMatch === undefined || ifMatch.includes(tag)) return row;
  throw new PreconditionError(`It has been changed: its ETag is "${tag}" now, and If-Match names another one.`);
}
