import { showCell, type Column } from './columns.js';
import type { TextRow } from './read-pool.js';

/** JSON of one row: `{"id":"…","state":"RUNNING"}`, with more members at the end when given. */
export function rowJson(
  columns: readonly Column[],
  row: TextRow,
  more: readonly (readonly [string, string])[] = [],
): string {
  let text = objectJson(columns, keysOf(columns), row);
  for (const [name, json] of more) text += `,"${name}":${json}`;
  return `{${text}}`;
}

/** JSON of a list: `{"executions":[…],"next":"…"}`; without a link there is no `next`. */
export function listJson(name: string, columns: readonly Column[], rows: readonly TextRow[], next?: string): string {
  const keys = keysOf(columns);
  let items = '';
  for (const row of rows) items += `${items === '' ? '{' : ',{'}${objectJson(columns, keys, row)}}`;
  return `{"${name}":[${items}]${next === undefined ? '' : `,"next":${JSON.stringify(next)}`}}`;
}

/** `"id":`, `,"state":`, made once for all rows. */
function keysOf(columns: readonly Column[]): readonly string[] {
  return columns.map(({ name }, i) => `${i === 0 ? '' : ','}"${name}":`);
}

function objectJson(columns: readonly Column[], keys: readonly string[], row: TextRow): string {
  let text = '';
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    if (column !== undefined) text += `${keys[i] ?? ''}${showCell(column.kind, row[i] ?? null)}`;
  }
  return text;
}
