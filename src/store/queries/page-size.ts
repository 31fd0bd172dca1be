import { type Column, selected } from './columns.js';
import type { TextRow } from './read-pool.js';

/** Kinds whose texts can be long. */
const LONG: readonly Column['kind'][] = ['text', 'json', 'raw'];

/** The rows of a page, and whether there may be more of them. */
export interface SizedPage {
  readonly rows: readonly TextRow[];
  /** The first cell of the last row when another page follows. */
  readonly marker: string | undefined;
}

/**
 * SQL of a page that ends after the row with which it reaches a size; where it ends is known from lengths alone, so that
 * what lies beyond is not even read. The last cell of each row is the size up to there.
 * @param columns  e.g. `['t.id', 't.events']`
 * @param sizes  SQL of the bytes of a row
 * @param page  makes the SQL of the unlimited page from a select list
 * @param maxBytes  placeholder of the size, e.g. `$4`
 */
export function sizedPage(
  columns: readonly string[],
  sizes: string,
  page: (list: string) => string,
  maxBytes: string,
): string {
  const names = columns.map((_, i) => `c${i}`);
  const inner = page([...columns.map((sql, i) => `${sql} AS c${i}`), `${sizes} AS bytes`].join(', '));
  return `SELECT ${[...names, 'upto'].join(', ')} FROM (
      SELECT page.*, sum(bytes) OVER (ROWS UNBOUNDED PRECEDING) AS upto FROM (${inner}) page) sized
    WHERE upto - bytes < ${maxBytes}::float8`;
}

/** SQL of the bytes that long texts of a row have together. */
export function sizeOf(columns: readonly Column[]): string {
  const long = columns.filter(({ kind }) => LONG.includes(kind));
  return ['0', ...long.map((column) => `coalesce(octet_length(${selected(column)}), 0)`)].join(' + ');
}

/** What a statement of {@link sizedPage} has answered. */
export function pageOf(rows: readonly TextRow[], limit: number, maxBytes: number): SizedPage {
  const last = rows.at(-1);
  const isFull = rows.length === limit || Number(last?.at(-1)) >= maxBytes;
  return { rows, marker: isFull ? (last?.[0] ?? undefined) : undefined };
}
